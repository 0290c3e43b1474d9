"""The learned part's weights as the package holds them: INT8 per output channel, activations UINT8 per tensor, in QDQ form."""
import numpy as np

ACT_MAX, WEIGHT_MAX = 255, 64      # weights use +-64 of INT8: no 16-bit saturation on CPUs without VNNI, same bits everywhere
SIGNED = (0, 2)                    # layers whose input is negative too
CONV, LINES, FACTS, HIDDEN, OUT = range(5)


class Quantized:
    def __init__(self, layers, ranges, int8=True):
        """layers: (weight, bias or None) in torch's layout, fp32; ranges: largest activation in front of each."""
        self.layers, self.ranges, self.int8 = layers, [float(r) for r in ranges], int8

    def input_scale(self, i):
        """-> scale and zero point of a layer's input."""
        return (np.float32(self.ranges[i] * 2 / 254), 128) if i in SIGNED else (np.float32(self.ranges[i] / ACT_MAX), 0)

    def weight(self, i):
        """-> INT8 values in torch's layout and a scale per output channel."""
        w = self.layers[i][0]
        scale = (np.maximum(np.abs(w).reshape(len(w), -1).max(1), 1e-8) / WEIGHT_MAX).astype(np.float32)
        return np.rint(w / scale.reshape(-1, *[1] * (w.ndim - 1))).astype(np.int8), scale

    # in numpy

    def seen(self, x, i):
        if not self.int8:
            return x
        scale, zero = self.input_scale(i)
        return (np.clip(np.rint(x / scale) + zero, 0, ACT_MAX) - zero) * scale

    def used(self, i):
        if not self.int8:
            return self.layers[i][0]
        q, scale = self.weight(i)
        return q * scale.reshape(-1, *[1] * (q.ndim - 1))

    def logit(self, patch, facts):
        """patch [rows, 4, 13], facts [rows, 28] -> [rows]."""
        w = self.used(CONV)
        view = np.lib.stride_tricks.sliding_window_view(self.seen(patch, CONV), w.shape[2], axis=2)
        h = np.maximum(np.einsum("rclk,ock->rol", view, w, optimize=True) + self.layers[CONV][1][:, None], 0)
        h = self.seen(h.reshape(len(h), -1), LINES) @ self.used(LINES).T + self.seen(facts, FACTS) @ self.used(FACTS).T
        h = np.maximum(h + self.layers[LINES][1], 0)
        h = np.maximum(self.seen(h, HIDDEN) @ self.used(HIDDEN).T + self.layers[HIDDEN][1], 0)
        return (self.seen(h, OUT) @ self.used(OUT).T + self.layers[OUT][1])[:, 0]

    # in a graph

    def _seen(self, g, x, i):
        if not self.int8:
            return x
        scale, zero = self.input_scale(i)
        scale, zero = g.const(scale), g.const(zero, np.uint8)
        return g.op("DequantizeLinear", g.op("QuantizeLinear", x, scale, zero), scale, zero)

    def _matrix(self, g, x, i):
        if not self.int8:
            return g.op("MatMul", x, g.const(self.layers[i][0].T))
        q, scale = self.weight(i)
        w = g.op("DequantizeLinear", g.const(q.T, np.int8), g.const(scale), g.const(np.zeros(len(scale)), np.int8), axis=1)
        return g.op("MatMul", self._seen(g, x, i), w)

    def _conv(self, g, x):
        w, b = self.layers[CONV]
        if not self.int8:
            return g.op("Conv", x, g.const(w), g.const(b), kernel_shape=[w.shape[2]])
        q, scale = self.weight(CONV)
        none = g.const(np.zeros(len(scale)), np.int8)
        b_scale = scale * self.input_scale(CONV)[0]
        bias = g.op("DequantizeLinear", g.const(np.rint(b / b_scale), np.int32), g.const(b_scale),
                    g.const(np.zeros(len(scale)), np.int32), axis=0)
        return g.op("Conv", self._seen(g, x, CONV), g.op("DequantizeLinear", g.const(q, np.int8), g.const(scale), none, axis=0),
                    bias, kernel_shape=[w.shape[2]])

    def graph_logit(self, g, patch, facts):
        h = g.op("Flatten", g.op("Relu", self._conv(g, patch)), axis=1)
        h = g.op("Add", self._matrix(g, h, LINES), self._matrix(g, facts, FACTS))
        h = g.op("Relu", g.op("Add", h, g.const(self.layers[LINES][1])))
        h = g.op("Relu", g.op("Add", self._matrix(g, h, HIDDEN), g.const(self.layers[HIDDEN][1])))
        return g.op("Add", self._matrix(g, h, OUT), g.const(self.layers[OUT][1]))


class Together:
    """Networks that differ by their seed alone: their mean logit varies less from training to training than any one's."""

    def __init__(self, members):
        self.members = members

    def factor(self, patch, facts):
        """-> factor [rows] in 0..1."""
        return 1 / (1 + np.exp(-np.mean([m.logit(patch, facts) for m in self.members], 0)))

    def graph(self, g, patch, facts):
        logits = [m.graph_logit(g, patch, facts) for m in self.members]
        return g.op("Sigmoid", g.op("ReduceMean", g.op("Concat", *logits, axis=1), axes=[1], keepdims=1))


class Plain:
    """The ablation: every line counts in full."""

    def factor(self, patch, facts):
        return np.ones(len(patch))

    def graph(self, g, patch, facts):
        return g.const(np.ones((1, 4)))
