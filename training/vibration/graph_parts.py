"""The measuring part of both graphs: frontend.py in ONNX operators, line by line in the same order."""
import numpy as np
from onnx import TensorProto

import frontend
import settings as k

S, C, L = k.WINDOW, k.SLOTS, k.LINES
FLOAT, INT = TensorProto.FLOAT, TensorProto.INT64
LN_TO_DB = 10 / np.log(10)


def share(g, seconds):
    """The part of a hop in a time constant: hop / rate / seconds, at most 1."""
    return g.op("Min", g.op("Div", k.HOP / seconds, "sample_rate"), 1.0)


def _levels(g, x, power):
    square = g.op("Max", g.op("ReduceMean", g.op("Mul", x, x), axes=[1], keepdims=1), 1e-12)     # [C, 1]
    rms = g.op("Sqrt", square)
    peak = g.op("ReduceMax", g.op("Abs", x), axes=[1], keepdims=1)
    unit = g.op("Div", x, rms)
    unit = g.op("Mul", unit, unit)
    kurtosis = g.op("ReduceMean", g.op("Mul", unit, unit), axes=[1], keepdims=1)
    hz = g.op("Mul", g.const(np.arange(S // 2 + 1) / S), "sample_rate")
    inside = g.op("And", g.op("GreaterOrEqual", hz, 10.0), g.op("LessOrEqual", hz, 1000.0))
    gain = g.op("Div", 1000 * k.GRAVITY / (2 * np.pi), g.op("Max", hz, 1.0))
    weight = g.op("Where", inside, g.op("Mul", gain, gain), 0.0)
    energy = g.op("ReduceSum", g.op("Mul", power, weight), g.ints(1), keepdims=1)
    velocity = g.op("Sqrt", g.op("Mul", energy, frontend.POWER))
    lobe = g.op("AveragePool", g.op("Unsqueeze", power, g.ints(0)), kernel_shape=[5], pads=[2, 2], count_include_pad=1)
    turn = g.op("Div", g.op("Mul", "shaft_hz", float(S)), "sample_rate")                         # bins of 1x
    speed = g.op("Add", g.op("Mul", "shaft_tolerance", g.const(frontend.SWEEP)), 1.0)
    at = g.op("Round", g.op("Mul", g.op("Mul", turn, speed), g.const([[1.0], [2.0]])))           # [2, V]
    at = g.op("Cast", g.op("Clip", at, 0.0, float(S // 2)), to=INT)
    best = g.op("ReduceMax", g.op("Gather", g.op("Squeeze", lobe, g.ints(0)), at, axis=1), axes=[2], keepdims=0)
    lines = g.op("Sqrt", g.op("Mul", best, 5 * 2 * frontend.POWER))
    return g.op("Concat", rms, peak, g.op("Div", peak, rms), kurtosis, velocity, lines, axis=1)


def _power(g, x):
    return g.op("ReduceSum", g.op("Mul", x, x), g.ints(2), keepdims=0)


def _envelopes(g, spectrum):
    first = k.BAND_FIRST + k.BAND_STEP * np.arange(k.BANDS)
    bands = g.op("Gather", spectrum, g.const(first[:, None] + np.arange(k.BAND_BINS), np.int64), axis=1)
    bands = g.op("Reshape", bands, g.ints(-1, k.BAND_BINS, 2))
    envelope = _power(g, g.op("DFT", bands, g.const(k.BAND_FFT, np.int64), axis=1, inverse=1))   # [C*B, F]
    energy = g.op("Max", g.op("ReduceMean", envelope, axes=[1], keepdims=1), 1e-20)
    moving = g.op("Sub", g.op("Div", envelope, energy), 1.0)
    lines = g.op("DFT", g.op("Unsqueeze", moving, g.ints(2)), axis=1, onesided=1)
    lines = g.op("Mul", _power(g, g.op("Slice", lines, g.ints(0), g.ints(L), g.ints(1))), 1.0 / k.BAND_FFT ** 2)
    db = g.op("Mul", g.op("Log", g.op("Add", g.op("Mul", energy, k.BAND_FFT ** 2 * frontend.POWER), 1e-12)), LN_TO_DB)
    return g.op("Reshape", lines, g.ints(-1, k.BANDS, L)), g.op("Reshape", db, g.ints(-1, k.BANDS))


def _around(g, x):
    """x [1, n, L]: mean over the bins around each bin."""
    return g.op("AveragePool", x, kernel_shape=[2 * k.SURROUND + 1], pads=[k.SURROUND] * 2, count_include_pad=0)


def _over_surroundings(g, averaged):
    log = g.op("Reshape", g.op("Log", g.op("Add", averaged, 1e-9)), g.ints(1, -1, L))
    base = _around(g, g.op("Min", log, g.op("Add", _around(g, log), 1.0)))
    ratio = g.op("Exp", g.op("Min", g.op("Sub", log, base), 12.0))
    together = g.op("ReduceMean", g.op("Reshape", ratio, g.ints(-1, k.BANDS, L)), axes=[1], keepdims=0)
    together = g.op("Unsqueeze", g.op("Mul", g.op("Log", together), LN_TO_DB), g.ints(0))
    out = g.op("Sub", together, _around(g, g.op("Min", together, g.op("Add", _around(g, together), 3.0))))
    return g.op("Squeeze", out, g.ints(0)), g.op("Squeeze", g.op("MaxPool", out, kernel_shape=[3], pads=[1, 1]), g.ints(0))


def _at(g, values, bins, shape):
    """values [C, L] at bins of this shape [C, ...]; 0 outside, and whether inside as 0 or 1."""
    near = g.op("Round", bins)
    inside = g.op("And", g.op("GreaterOrEqual", near, 1.0), g.op("LessOrEqual", near, float(L - 2)))
    flat = g.op("Reshape", g.op("Cast", g.op("Where", inside, near, 1.0), to=INT), g.ints(0, -1))
    inside = g.op("Cast", inside, to=FLOAT)
    return g.op("Mul", g.op("Reshape", g.op("GatherElements", values, flat, axis=1), g.ints(-1, *shape)), inside), inside


def _families(g, top, orders):
    per_turn = g.op("Mul", g.op("Pad", orders, g.ints(0, 0, 0, 1), 1.0), g.const(frontend.MULTIPLE))
    wide = g.op("Add", "shaft_tolerance", g.const([[k.SLIP]] * 4 + [[0.0]]))                     # [5, 1]
    speed = g.op("Add", g.op("Mul", wide, g.const(frontend.SWEEP)), 1.0)                         # [5, V]
    turn = g.op("Div", g.op("Mul", "shaft_hz", float(S)), "sample_rate")
    bins = g.op("Mul", g.op("Unsqueeze", g.op("Mul", per_turn, turn), g.ints(2)), speed)         # [C, 5, V]
    harmonic = g.const(np.arange(1, k.HARMONICS + 1)[:, None])
    value, inside = _at(g, top, g.op("Mul", g.op("Unsqueeze", bins, g.ints(2)), harmonic), (5, k.HARMONICS, k.SPEEDS))
    count = g.op("Max", g.op("ReduceSum", inside, g.ints(2), keepdims=0), 1.0)
    mean = g.op("Div", g.op("ReduceSum", value, g.ints(2), keepdims=0), count)                   # [C, 5, V]
    best = g.op("ArgMax", mean, axis=2, keepdims=1)
    every = g.op("Add", g.op("Mul", mean, 0.0), speed)
    pick = lambda x: g.op("Squeeze", g.op("GatherElements", x, best, axis=2), g.ints(2))
    return pick(mean), pick(every), turn


def _network_input(g, db, top, strength, speed, turn, orders):
    scale = lambda v: g.op("Div", g.op("Clip", v, k.CLIP_LOW, k.CLIP_HIGH), k.CLIP_HIGH)
    turns = g.op("Mul", g.op("Slice", speed, g.ints(0), g.ints(4), g.ints(1)), turn)             # [C, 4]
    per_turn = g.op("Mul", orders, g.const(frontend.MULTIPLE[:4]))
    line = g.op("Unsqueeze", g.op("Mul", per_turn, turns), g.ints(2))                            # [C, 4, 1]
    harmonic = g.const(np.arange(1, k.PATCH_HARMONICS + 1))
    middle = g.op("Unsqueeze", g.op("Mul", line, harmonic), g.ints(3))
    width = 2 * k.PATCH_SIDE + 1
    patch, inside = _at(g, db, g.op("Add", middle, g.const(frontend.OFFSETS)), (4, k.PATCH_HARMONICS, width))
    turns = g.op("Unsqueeze", turns, g.ints(2))
    cage = g.op("Mul", turns, g.op("Unsqueeze", g.op("Slice", orders, g.ints(3), g.ints(4), g.ints(1)), g.ints(2)))
    times, signs = (g.const(column) for column in zip(*frontend.SIDE_LINES))
    side = [g.op("Add", g.op("Mul", line, times), g.op("Mul", other, signs)) for other in (turns, cage)]
    side.append(g.op("Mul", line, g.const(frontend.HALF_LINES)))
    sides, _ = _at(g, top, g.op("Concat", *side, axis=2), (4, 11))
    multiple = g.op("Mul", g.op("Unsqueeze", per_turn, g.ints(2)), harmonic)
    apart = g.op("Div", g.op("Sub", multiple, g.op("Round", multiple)), 0.06)
    coincides = g.op("Exp", g.op("Neg", g.op("Mul", apart, apart)))
    every = g.op("Expand", g.op("Unsqueeze", strength, g.ints(1)), g.ints(1, 4, 5))
    which = g.op("Add", g.op("Mul", coincides, 0.0), g.const(np.eye(4)))
    seen = g.op("Squeeze", g.op("Slice", inside, g.ints(k.PATCH_SIDE), g.ints(k.PATCH_SIDE + 1), g.ints(3)), g.ints(3))
    facts = g.op("Concat", scale(sides), coincides, scale(every), which, seen, axis=2)
    return (g.op("Reshape", scale(patch), g.ints(-1, k.PATCH_HARMONICS, width)), g.op("Reshape", facts, g.ints(-1, k.FACTS)))


def measure(g, net, window, states_in, states_out, out=(None, None)):
    """window [S, C] -> statistics [C, 11], energies [C, 6] in dB. Reads the parameters, `present`, envelope and count.
    Absent slots cost nothing: the rows in use are gathered, and put back at the end. The first is always in use, because
    not every operator likes an empty tensor."""
    there = g.op("Greater", "present", 0.5)
    rows = g.op("Transpose", g.op("NonZero", g.op("Or", there, g.const(np.arange(C) == 0, bool))), perm=[1, 0])      # [n, 1]
    used = g.op("Squeeze", rows, g.ints(1))
    there = g.op("Cast", there, to=FLOAT)
    take = lambda x: g.op("Gather", x, used, axis=0)
    on = g.op("Unsqueeze", take(there), g.ints(1))                                               # [n, 1]
    orders = take("orders")
    x = take(g.op("Transpose", window, perm=[1, 0]))
    x = g.op("Sub", x, g.op("ReduceMean", x, axes=[1], keepdims=1))
    spectrum = g.op("DFT", g.op("Unsqueeze", g.op("Mul", x, g.const(frontend.HANN)), g.ints(2)), axis=1, onesided=1)
    levels = _levels(g, x, _power(g, spectrum))
    lines, energy = _envelopes(g, spectrum)
    count = g.op("Add", states_in[1], there, out=states_out[1])                                  # [1, C]
    part = g.op("Mul", g.op("Max", g.op("Div", 1.0, g.op("Max", count, 1.0)), share(g, k.AVERAGE_SECONDS)), there)
    part = g.op("Reshape", take(g.op("Squeeze", part, g.ints(0))), g.ints(-1, 1, 1))
    before = take(states_in[0])
    averaged = g.op("Add", before, g.op("Mul", g.op("Sub", lines, before), part))
    g.op("ScatterND", states_in[0], rows, averaged, out=states_out[0])
    db, top = _over_surroundings(g, averaged)
    strength, speed, turn = _families(g, top, orders)
    factor = net.graph(g, *_network_input(g, db, top, strength, speed, turn, orders))
    factor = g.op("Min", g.op("Mul", g.op("Reshape", factor, g.ints(-1, 4)), k.FULL), 1.0)
    own = g.op("Max", g.op("Slice", strength, g.ints(0), g.ints(4), g.ints(1)), 0.0)
    lines = g.op("Mul", g.op("Mul", own, factor), on)
    behind = g.op("Sub", g.op("Add", lines, k.HEARD_TO), g.op("ReduceMax", lines, axes=[0, 1], keepdims=1))
    lines = g.op("Mul", lines, g.op("Clip", g.op("Div", behind, k.HEARD_TO - k.HEARD_FROM), 0.0, 1.0))
    statistics = g.op("Mul", g.op("Concat", levels, lines, axis=1), on)
    back = lambda x, width, name: g.op("ScatterND", g.const(np.zeros((C, width))), rows, x, out=name)
    return back(statistics, len(k.STATISTICS), out[0]), back(g.op("Mul", energy, on), k.BANDS, out[1])
