"""Per-channel charts: robust EWMA and mean of ten, each with and without what the package adds on top: limit factors by
role and direction, and a slow reference. They show which of these earns what."""
import numpy as np

import settings as k
from control_charts import smoothed
from recordings import NO_TEMPERATURES
from subspace import rolling_mean

FALL, RISE = (np.array([slot[i] for slot in k.SLOTS[:k.PUMP]]) for i in (2, 3))
ONES = np.ones(k.PUMP)
ROBUST_WEIGHT = 0.1


def robust(x, fit_rows):
    """Rows in sigma from the training median; sigma as the package's fit graph has it (MAD with floors)."""
    normal = x[:fit_rows]
    center = np.median(normal, 0)
    sigma = np.maximum.reduce([1.4826 * np.median(np.abs(normal - center), 0), 0.5 * normal.std(0),
                               k.SIGMA_FLOOR * np.abs(center), np.full(x.shape[1], 1e-6)])
    return (x - center) / sigma


def largest(moved, fit_rows, fall=ONES, rise=ONES):
    """Signed channel deviations [T, C] -> the largest over its channel's limit; the limit is the package's rule."""
    limit = np.maximum(np.quantile(np.abs(moved[:fit_rows]), k.LIMIT_QUANTILE, axis=0), k.LIMIT_FLOOR)
    c = moved.shape[1]
    return (np.abs(moved) / (np.where(moved < 0, fall[:c], rise[:c]) * limit)).max(1)


def against_slow_reference(level, fit_rows, fall=ONES, rise=ONES):
    """As `largest`, of the gap to a reference with 150 s that stands still while its channel is above half its limit."""
    reference, free = np.zeros(level.shape[1]), np.empty_like(level)
    for t, now in enumerate(level):
        free[t] = now - reference
        reference = reference + free[t] / k.TAU
    limit = np.maximum(np.quantile(np.abs(free[:fit_rows]), k.LIMIT_QUANTILE, axis=0), k.LIMIT_FLOOR)
    reference, out = np.zeros(level.shape[1]), np.empty(len(level))
    for t, now in enumerate(level):
        gap = now - reference
        raw = np.abs(gap) / (np.where(gap < 0, fall, rise) * limit)
        reference = np.where(raw <= k.FREEZE, reference + gap / k.TAU, reference)
        out[t] = raw.max()
    return out


def _ewma(x, fit_rows):
    return smoothed(robust(x, fit_rows), ROBUST_WEIGHT)


def _mean(x, fit_rows):
    return rolling_mean(robust(x, fit_rows), k.LEVEL)


def _chart(level, combine, *factors):
    return lambda x, fit_rows: combine(level(x, fit_rows), fit_rows, *factors)


METHODS = {
    "Robust EWMA": _chart(_ewma, largest),
    "Robust EWMA, no temperatures": lambda x, n: largest(_ewma(x[:, NO_TEMPERATURES], n), n),
    "Robust EWMA + role factors": _chart(_ewma, largest, FALL, RISE),
    "Mean of 10": _chart(_mean, largest),
    "Mean of 10 + role factors": _chart(_mean, largest, FALL, RISE),
    "Mean of 10 + slow reference": _chart(_mean, against_slow_reference),
    "Mean of 10 + slow reference, flow alone": lambda x, n: against_slow_reference(_mean(x[:, :1], n), n, ONES[:1], ONES[:1]),
    "Mean of 10 + slow reference, all but flow": lambda x, n: against_slow_reference(_mean(x[:, 1:], n), n, ONES[1:], ONES[1:]),
    "Mean of 10 + both": _chart(_mean, against_slow_reference, FALL, RISE),
    "Mean of 10 + both, flow alone": lambda x, n: against_slow_reference(_mean(x[:, :1], n), n, FALL[:1], RISE[:1]),
    "Mean of 10 + both, all but flow": lambda x, n: against_slow_reference(_mean(x[:, 1:], n), n, FALL[1:], RISE[1:]),
}
