"""The same maths as the graphs, in numpy, for many series at once: what the golden self-test and the evaluation use.
The real graphs are checked against it (../check_graphs.cjs)."""
import numpy as np

import settings as k


class LearnedLevel:
    """The learned part exactly as the graph computes it, INT8 or fp32."""

    def __init__(self, quantized):
        self.q = quantized
        self.layers = []
        for i, (w, b) in enumerate(quantized.layers):
            if quantized.int8:
                flat = np.abs(w).reshape(len(w), -1).max(1)
                scale = np.maximum(flat, 1e-8) / quantized.weight_max
                scale = scale.reshape(-1, *[1] * (w.ndim - 1))
                w = (np.rint(w / scale) * scale).astype(np.float32)
            self.layers.append((w, b))

    def _activation(self, x, i):
        if not self.q.int8:
            return x
        if i == 0:
            scale = np.float32(self.q.ranges[0] * 2 / 254)
            return (np.clip(np.rint(x / scale) + 128, 0, 255) - 128) * scale
        scale = np.float32(self.q.ranges[i] / 255)
        return np.clip(np.rint(x / scale), 0, 255) * scale

    def _shares(self, away):
        h = np.clip(away, -k.SPAN, k.SPAN)[:, None].astype(np.float32)
        for i, stride in enumerate((1, 2, 2)):
            w, b = self.layers[i]
            view = np.lib.stride_tricks.sliding_window_view(self._activation(h, i), w.shape[2], axis=2)[:, :, ::stride]
            h = np.maximum(np.einsum("rclk,ock->rol", view, w, optimize=True) + b[None, :, None], 0)
        w, b = self.layers[3]
        h = np.maximum(self._activation(h, 3).reshape(len(h), -1) @ w.T + b, 0)
        w, b = self.layers[4]
        h = self._activation(h, 4) @ w.T + b
        h = np.exp(h - h.max(1, keepdims=True))
        return h / h.sum(1, keepdims=True)

    def __call__(self, windows, sigma):
        """windows [rows, S] in engineering units, sigma [rows] -> level [rows]."""
        out = np.empty(len(windows), np.float32)
        for a in range(0, len(windows), 4096):
            w, s = windows[a:a + 4096].astype(np.float32), sigma[a:a + 4096].astype(np.float32)
            plain = w[:, -k.LEVEL:].mean(1, keepdims=True)
            away = (w - plain) / s[:, None]
            out[a:a + 4096] = plain[:, 0] + (self._shares(away) * away).sum(1) * s
        return out


class PlainMean:
    """The ablation: the mean of the last samples, nothing learned."""

    def __call__(self, windows, sigma):
        return windows[:, -k.LEVEL:].mean(1)


def levels(estimator, series, sigma):
    """series [T, C] -> level [T-S+1, C]."""
    view = np.lib.stride_tricks.sliding_window_view(series, k.WINDOW, axis=0)                    # [N, C, S]
    n, c, s = view.shape
    return estimator(view.reshape(-1, s), np.tile(sigma, n)).reshape(n, c)


def fit(estimator, series, present=None):
    """series [S-1+N, C] -> center, sigma, limit."""
    present = np.ones(series.shape[1]) if present is None else present
    center = np.median(series, 0)
    spread = 1.4826 * np.median(np.abs(series - center), 0)
    deviation, size = series.std(0), np.abs(center)
    moving = np.maximum.reduce([spread, 0.5 * deviation, k.SIGMA_FLOOR * size, np.full_like(size, 1e-6)])
    sigma = np.where(deviation <= size * 1e-6 + 1e-9, np.maximum(k.CONSTANT_SIGMA * size, 1e-6), moving)
    now = levels(estimator, series, sigma)
    reference, moved = center.copy(), np.empty_like(now)
    for t in range(len(now)):
        gap = now[t] - reference
        moved[t] = gap / sigma
        reference = reference + gap / k.TAU
    limit = np.maximum(np.quantile(np.abs(moved), k.LIMIT_QUANTILE, axis=0), k.LIMIT_FLOOR)
    on = present > 0.5
    return np.where(on, center, 0.0), np.where(on, sigma, 1.0), np.where(on, limit, 1.0)


FALL, RISE = (np.array([slot[i] for slot in k.SLOTS]) for i in (2, 3))


def step(now, hold, baselines, states, present=1.0):
    """One window of each row. now [B, C], hold [B, 1] -> channel scores and whether each channel has settled at a new
    level, [B, C]; `states` is replaced in place."""
    center, sigma, limit = baselines
    reference, peak, quiet = states["reference"], states["peak"], states["quiet"]
    gap = now - reference
    moved = gap / sigma
    width = moved.shape[-1]
    raw = np.abs(moved) / (np.where(moved < 0, FALL[:width], RISE[:width]) * limit) * present
    signed = np.where(moved < 0, -raw, raw)
    higher = (raw > np.abs(peak)) & ((peak != 0) | (raw > 1))
    top = np.where(higher, signed, peak)
    share = np.abs(top) * k.SETTLED_SHARE
    low = (share > 0) & ((raw < share) | ((signed * top < 0) & (raw < 1)))
    count = np.where(low, quiet + 1, 0.0)
    settled = count >= k.SETTLED_SECONDS
    there = np.broadcast_to(np.asarray(present) > 0.5, raw.shape)
    free = (hold < 0.5) & there
    recentre = settled & free
    done = recentre | (free & (raw < k.SETTLED_SHARE) & (share > 0))
    tracks = free & (raw <= k.FREEZE)
    states["reference"] = np.where(recentre, now, np.where(tracks, reference + gap / k.TAU, reference))
    states["peak"] = np.where(done, 0.0, np.where(there, top, peak))
    states["quiet"] = np.where(done, 0.0, np.where(there, count, quiet))
    return np.where(settled, 0.0, raw), settled


def fresh(center):
    return {"reference": center.copy(), "peak": np.zeros_like(center), "quiet": np.zeros_like(center)}
