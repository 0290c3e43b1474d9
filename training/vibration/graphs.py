"""Writes score.onnx and fit.onnx. Both hold the same measuring part (graph_parts.py), so that the limits which `fit` finds are
limits of exactly what `score` measures. `fit` runs it window by window inside a Scan: memory does not grow with the number of
windows."""
import os
import sys

import numpy as np
from onnx import TensorProto, helper

import graph_parts
import settings as k

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from onnx_graph import Graph, tensor

FORMAT = {"producer": "vibration-anomaly", "opset": 17, "ir_version": 8}

S, C, K, B = k.WINDOW, k.SLOTS, len(k.STATISTICS), k.BANDS
PARAMETERS = [("sample_rate", "sample-rate", [1]), ("shaft_hz", "shaft-speed", [1]),
              ("shaft_tolerance", "shaft-speed-tolerance", [1]), ("orders", "bearing-orders", [C, 4])]
BASELINES = [("center", [C]), ("sigma", [C]), ("statistic_center", [C, K]), ("statistic_sigma", [C, K]), ("limit", [C, K]),
             ("band_center", [C, B]), ("band_limit", [C, B])]
STATES = [("envelope", [C, B, k.LINES]), ("count", [1, C]), ("reference", [1, C])]
TO_DB = 20 / np.log(10)


def log_scale(g, values):
    """[..., 11]: levels to dB, the line families are dB already."""
    levels = g.op("Slice", values, g.ints(0), g.ints(k.LEVELS), g.ints(-1))
    lines = g.op("Slice", values, g.ints(k.LEVELS), g.ints(K), g.ints(-1))
    return g.op("Concat", g.op("Mul", g.op("Log", g.op("Max", levels, 1e-9)), TO_DB), lines, axis=-1)


def score_model(net):
    g = Graph()
    window = g.op("Squeeze", "window", g.ints(0))
    statistics, energy = graph_parts.measure(g, net, window, ("envelope_in", "count_in"), ("envelope_out", "count_out"))
    above = g.op("Div", g.op("Sub", log_scale(g, statistics), log_scale(g, "statistic_center")), "limit")
    bands = g.op("Div", g.op("Sub", energy, "band_center"), "band_limit")
    worst = g.op("ReduceMax", g.op("Concat", above, bands, axis=1), axes=[1], keepdims=0)
    raw = g.op("Mul", g.op("Max", worst, 0.0), "present")                                        # [C]
    shown = g.op("Unsqueeze", raw, g.ints(0), out="channel_scores")
    g.op("ReduceMax", shown, axes=[1], keepdims=0, out="score")
    g.op("Unsqueeze", statistics, g.ints(0), out="statistics")

    # The slow level for drift watching. It never feeds the score: what is normal stays as calibrated.
    free = g.op("And", g.op("Less", "hold", 0.5), g.op("And", g.op("Greater", "present", 0.5), g.op("LessOrEqual", raw, k.FREEZE)))
    part = g.op("Mul", g.op("Cast", free, to=TensorProto.FLOAT), graph_parts.share(g, k.REFERENCE_SECONDS))
    rms = g.op("Squeeze", g.op("Slice", statistics, g.ints(0), g.ints(1), g.ints(1)), g.ints(1))
    g.op("Add", "reference_in", g.op("Mul", g.op("Sub", rms, "reference_in"), part), out="reference_out")
    return g.model("vibration_anomaly_score",
                   [tensor("window", [1, S, C]), tensor("present", [C]), tensor("hold", [1])]
                   + [tensor(n, s) for n, _, s in PARAMETERS] + [tensor(n, s) for n, s in BASELINES]
                   + [tensor(f"{n}_in", s) for n, s in STATES],
                   [tensor("score", [1]), tensor("channel_scores", [1, C]), tensor("statistics", [1, C, K])]
                   + [tensor(f"{n}_out", s) for n, s in STATES], **FORMAT)


def median(g, x):
    """Along axis 0, the mean of the two middle ones as numpy does it; keeps the axis."""
    count = g.op("Slice", g.op("Shape", x), g.ints(0), g.ints(1))
    values, _ = g.op("TopK", x, count, axis=0, largest=0, sorted=1, outputs=2)
    low = g.op("Gather", values, g.op("Div", g.op("Sub", count, g.ints(1)), g.ints(2)), axis=0)
    high = g.op("Gather", values, g.op("Div", count, g.ints(2)), axis=0)
    return g.op("Mul", g.op("Add", low, high), 0.5)


def _center_and_spread(g, x):
    """[N, C, n] -> median and robust standard deviation, both [C, n]."""
    middle = median(g, x)
    mad = g.op("Mul", median(g, g.op("Abs", g.op("Sub", x, middle))), 1.4826)
    off = g.op("Sub", x, g.op("ReduceMean", x, axes=[0], keepdims=1))
    deviation = g.op("Sqrt", g.op("ReduceMean", g.op("Mul", off, off), axes=[0], keepdims=1))
    spread = g.op("Max", mad, g.op("Mul", deviation, 0.5))
    return g.op("Squeeze", middle, g.ints(0)), g.op("Squeeze", spread, g.ints(0))


def fit_model(net):
    body = Graph(prefix="s_")
    graph_parts.measure(body, net, "s_window", ("s_envelope_in", "s_count_in"), ("s_envelope_out", "s_count_out"),
                        ("s_statistics", "s_energy"))
    states = [("envelope", [C, B, k.LINES]), ("count", [1, C])]
    body_graph = helper.make_graph(
        body.nodes, "one_window", [tensor(f"s_{n}_in", s) for n, s in states] + [tensor("s_window", [S, C])],
        [tensor(f"s_{n}_out", s) for n, s in states] + [tensor("s_statistics", [C, K]), tensor("s_energy", [C, B])],
        body.initializers)
    g = Graph()
    start = [g.op("ConstantOfShape", g.ints(*s)) for _, s in states]
    _, _, statistics, energy = g.op("Scan", *start, "windows", body=body_graph, num_scan_inputs=1, outputs=4)

    center, spread = _center_and_spread(g, log_scale(g, statistics))
    band_center, band_spread = _center_and_spread(g, energy)
    levels = g.const(np.arange(K) < k.LEVELS, bool)
    natural = g.op("Where", levels, g.op("Exp", g.op("Mul", center, 1 / TO_DB)), center)
    of_levels = g.op("Mul", natural, g.op("Max", g.op("Mul", spread, 1 / TO_DB), k.SIGMA_SHARE))
    sigma = g.op("Where", levels, of_levels, g.op("Max", spread, k.SIGMA_DB))
    first = lambda x: g.op("Squeeze", g.op("Slice", x, g.ints(0), g.ints(1), g.ints(1)), g.ints(1))
    limit = g.op("Max", g.op("Mul", spread, k.SIGMAS), list(k.LIMIT_DB))
    band_limit = g.op("Max", g.op("Mul", band_spread, k.SIGMAS), k.BAND_LIMIT_DB)
    on = g.op("Greater", "present", 0.5)
    wide = g.op("Unsqueeze", on, g.ints(1))
    values = (first(natural), first(sigma), natural, sigma, limit, band_center, band_limit)
    for (name, shape), value in zip(BASELINES, values):
        g.op("Where", on if len(shape) == 1 else wide, value, 1.0, out=name)
    return g.model("vibration_anomaly_fit",
                   [tensor("windows", ["N", S, C]), tensor("present", [C])] + [tensor(n, s) for n, _, s in PARAMETERS],
                   [tensor(n, s) for n, s in BASELINES], **FORMAT)
