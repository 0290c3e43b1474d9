"""Writes score.onnx and fit.onnx. Both hold the same learned part and the same tracking, so that the limits which `fit`
finds are limits of exactly what `score` measures.

  window [S,C] --> plain level --> INT8 net --> level [C] (engineering units)
  displacement = (level - reference) / sigma ;  channel score = |displacement| / (limit * factor of role and direction)
"""
import os
import sys

import numpy as np
from onnx import TensorProto, helper

import settings as k

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from onnx_graph import Graph, tensor

FORMAT = {"producer": "process-anomaly", "opset": 13, "ir_version": 7}

C, S = k.CHANNELS, k.WINDOW
ACT_MAX, WEIGHT_MAX = 255, 64      # weights use +-64 of INT8: no 16-bit saturation on CPUs without VNNI, same bits everywhere


class Quantized:
    """Weights per output channel, activations per tensor (unsigned after ReLU, the first input shifted by 128)."""

    def __init__(self, layers, ranges, int8=True):
        """layers: (weight, bias) in torch's layout, fp32; ranges: largest activation in front of each."""
        self.int8 = int8
        self.layers = layers
        self.ranges, self.weight_max = ranges, WEIGHT_MAX

    def activation(self, g, x, index):
        if not self.int8:
            return x
        low = index == 0                                       # the only input that is negative too
        scale = g.const(self.ranges[index] * (2 if low else 1) / (254 if low else ACT_MAX))
        zero = g.const(128 if low else 0, np.uint8)
        return g.op("DequantizeLinear", g.op("QuantizeLinear", x, scale, zero), scale, zero)

    def weight(self, g, index, matrix):
        w, b = self.layers[index]
        if not self.int8:
            return g.const(w.T if matrix else w), g.const(b)
        scale = np.maximum(np.abs(w).reshape(len(w), -1).max(1), 1e-8) / WEIGHT_MAX
        q = np.rint(w / scale.reshape(-1, *[1] * (w.ndim - 1))).astype(np.int8)
        w_name = g.op("DequantizeLinear", g.const(q.T if matrix else q, np.int8), g.const(scale),
                      g.const(np.zeros(len(scale)), np.int8), axis=1 if matrix else 0)
        if matrix:
            return w_name, g.const(b)
        low = index == 0
        b_scale = (scale * self.ranges[index] * (2 if low else 1) / (254 if low else ACT_MAX)).astype(np.float32)
        b_name = g.op("DequantizeLinear", g.const(np.rint(b / b_scale), np.int32), g.const(b_scale),
                      g.const(np.zeros(len(scale)), np.int32), axis=0)
        return w_name, b_name

    def shares(self, g, x):
        """x [C, S] clipped -> weights [C, S] that sum to one per row."""
        h = g.op("Unsqueeze", x, g.ints(1))
        strides = [1, 2, 2]
        for i, stride in enumerate(strides):
            h = self.activation(g, h, i)
            w, b = self.weight(g, i, matrix=False)
            h = g.op("Relu", g.op("Conv", h, w, b, kernel_shape=[self.layers[i][0].shape[2]], strides=[stride]))
        h = g.op("Flatten", self.activation(g, h, 3), axis=1)
        w, b = self.weight(g, 3, matrix=True)
        h = g.op("Relu", g.op("Add", g.op("MatMul", h, w), b))
        h = self.activation(g, h, 4)
        w, b = self.weight(g, 4, matrix=True)
        return g.op("Softmax", g.op("Add", g.op("MatMul", h, w), b), axis=1)


def level(g, net, window_sc, sigma):
    """window [S, C], sigma [C] -> level [C] in engineering units."""
    x = g.op("Transpose", window_sc, perm=[1, 0])                                               # [C, S]
    last = g.op("Slice", x, g.ints(S - k.LEVEL), g.ints(S), g.ints(1))
    plain = g.op("ReduceMean", last, axes=[1], keepdims=1)                                      # [C, 1]
    if net is None:                                                                             # the ablation
        return g.op("Squeeze", plain, g.ints(1))
    away = g.op("Div", g.op("Sub", x, plain), g.op("Unsqueeze", sigma, g.ints(1)))              # sigma units
    shares = net.shares(g, g.op("Clip", away, -k.SPAN, k.SPAN))
    moved = g.op("ReduceSum", g.op("Mul", shares, away), g.ints(1), keepdims=0)                 # [C]
    return g.op("Add", g.op("Squeeze", plain, g.ints(1)), g.op("Mul", moved, sigma))


def score_model(net):
    g = Graph()
    window = g.op("Squeeze", "window", g.ints(0))
    now = g.op("Unsqueeze", level(g, net, window, "sigma"), g.ints(0))                          # [1, C]
    gap = g.op("Sub", now, "reference_in")
    moved = g.op("Div", gap, "sigma")
    factor = g.op("Where", g.op("Less", moved, 0.0), [f[2] for f in k.SLOTS], [f[3] for f in k.SLOTS])
    raw = g.op("Mul", g.op("Div", g.op("Abs", moved), g.op("Mul", factor, "limit")), "present")

    # The end of a fault is either "back in band" or "settled": long below a share of its own peak, at whatever level.
    # `peak` keeps the sign, so that a rebound to the other side, within its limit, counts as settling too.
    signed = g.op("Where", g.op("Less", moved, 0.0), g.op("Neg", raw), raw)
    peak_size = g.op("Abs", "peak_in")
    had = g.op("Greater", peak_size, 0.0)
    higher = g.op("And", g.op("Greater", raw, peak_size), g.op("Or", had, g.op("Greater", raw, 1.0)))
    peak = g.op("Where", higher, signed, "peak_in")
    share = g.op("Mul", g.op("Abs", peak), k.SETTLED_SHARE)
    rebound = g.op("And", g.op("Less", g.op("Mul", signed, peak), 0.0), g.op("Less", raw, 1.0))
    in_fault = g.op("Greater", share, 0.0)
    low = g.op("And", in_fault, g.op("Or", g.op("Less", raw, share), rebound))
    quiet = g.op("Where", low, g.op("Add", "quiet_in", 1.0), 0.0)
    settled = g.op("GreaterOrEqual", quiet, float(k.SETTLED_SECONDS))

    held = g.op("Greater", "hold", 0.5)
    there = g.op("Greater", "present", 0.5)
    free = g.op("And", g.op("Not", held), there)
    recentre = g.op("And", settled, free)                  # only once the machine's alarm is over
    calm = g.op("And", free, g.op("And", g.op("Less", raw, k.SETTLED_SHARE), in_fault))
    done = g.op("Or", recentre, calm)

    tracks = g.op("And", free, g.op("LessOrEqual", raw, k.FREEZE))
    tracked = g.op("Where", tracks, g.op("Add", "reference_in", g.op("Mul", gap, 1.0 / k.TAU)), "reference_in")
    g.op("Where", recentre, now, tracked, out="reference_out")
    g.op("Where", done, 0.0, g.op("Where", there, peak, "peak_in"), out="peak_out")
    g.op("Where", done, 0.0, g.op("Where", there, quiet, "quiet_in"), out="quiet_out")
    shown = g.op("Where", settled, 0.0, raw, out="channel_scores")
    g.op("Cast", settled, to=TensorProto.FLOAT, out="settled")
    g.op("ReduceMax", shown, axes=[1], keepdims=0, out="score")
    state = [1, C]
    return g.model("process_anomaly_score",
                   [tensor("window", [1, S, C]), tensor("present", [C]), tensor("hold", [1]),
                    tensor("center", [C]), tensor("sigma", [C]), tensor("limit", [C]),
                    tensor("reference_in", state), tensor("peak_in", state), tensor("quiet_in", state)],
                   [tensor("score", [1]), tensor("channel_scores", state), tensor("settled", state),
                    tensor("reference_out", state), tensor("peak_out", state), tensor("quiet_out", state)], **FORMAT)


def _sorted(g, x):
    """[T, C] -> ascending along T, and T as int64 [1]."""
    count = g.op("Slice", g.op("Shape", x), g.ints(0), g.ints(1))
    values, _ = g.op("TopK", x, count, axis=0, largest=0, sorted=1, outputs=2)
    return values, count


def quantile(g, x, q):
    """Quantile along axis 0 with linear interpolation, as numpy does it."""
    values, count = _sorted(g, x)
    top = g.op("Sub", g.op("Cast", count, to=TensorProto.FLOAT), 1.0)
    position = g.op("Mul", top, q)
    below = g.op("Floor", position)
    above = g.op("Min", g.op("Add", below, 1.0), top)
    part = g.op("Sub", position, below)                                                          # [1]
    pick = [g.op("Squeeze", g.op("Gather", values, g.op("Cast", i, to=TensorProto.INT64), axis=0), g.ints(0))
            for i in (below, above)]
    return g.op("Add", pick[0], g.op("Mul", g.op("Sub", pick[1], pick[0]), part))


def fit_model(net):
    g = Graph()
    # The windows are consecutive with hop 1: the first one and then the last sample of each give the series back.
    first = g.op("Squeeze", g.op("Slice", "windows", g.ints(0), g.ints(1), g.ints(0)), g.ints(0))
    rest = g.op("Slice", "windows", g.ints(1), g.ints(2**31 - 1), g.ints(0))
    tail = g.op("Squeeze", g.op("Slice", rest, g.ints(S - 1), g.ints(S), g.ints(1)), g.ints(1))
    series = g.op("Concat", first, tail, axis=0)                                                 # [S-1+N, C]

    center = quantile(g, series, 0.5)
    spread = g.op("Mul", quantile(g, g.op("Abs", g.op("Sub", series, center)), 0.5), 1.4826)
    mean = g.op("ReduceMean", series, axes=[0], keepdims=0)
    off = g.op("Sub", series, mean)
    deviation = g.op("Sqrt", g.op("ReduceMean", g.op("Mul", off, off), axes=[0], keepdims=0))
    size = g.op("Abs", center)
    moving = g.op("Max", g.op("Max", spread, g.op("Mul", deviation, 0.5)),
                  g.op("Max", g.op("Mul", size, k.SIGMA_FLOOR), 1e-6))
    still = g.op("LessOrEqual", deviation, g.op("Add", g.op("Mul", size, 1e-6), 1e-9))
    constant = g.op("Max", g.op("Mul", size, k.CONSTANT_SIGMA), 1e-6)
    sigma = g.op("Where", still, constant, moving)

    body = Graph(prefix="s_")
    now = level(body, net, "s_window", "s_sigma_in")
    gap = body.op("Sub", now, "s_reference_in")
    body.op("Div", gap, "s_sigma_in", out="s_moved")
    body.op("Add", "s_reference_in", body.op("Mul", gap, 1.0 / k.TAU), out="s_reference_out")
    body.op("Identity", "s_sigma_in", out="s_sigma_out")
    body_graph = helper.make_graph(
        body.nodes, "one_window",
        [tensor("s_sigma_in", [C]), tensor("s_reference_in", [C]), tensor("s_window", [S, C])],
        [tensor("s_sigma_out", [C]), tensor("s_reference_out", [C]), tensor("s_moved", [C])], body.initializers)
    _, _, moved = g.op("Scan", sigma, center, "windows", body=body_graph, num_scan_inputs=1, outputs=3)

    limit = g.op("Max", quantile(g, g.op("Abs", moved), k.LIMIT_QUANTILE), k.LIMIT_FLOOR)
    keep = "present"
    g.op("Mul", center, keep, out="center")
    g.op("Where", g.op("Greater", keep, 0.5), sigma, 1.0, out="sigma")
    g.op("Where", g.op("Greater", keep, 0.5), limit, 1.0, out="limit")
    return g.model("process_anomaly_fit", [tensor("windows", ["N", S, C]), tensor("present", [C])],
                   [tensor(n, [C]) for n in ("center", "sigma", "limit")], **FORMAT)
