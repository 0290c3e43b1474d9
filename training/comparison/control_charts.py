"""Distances from the training rows: Mahalanobis, MEWMA (Lowry et al. 1992), MEWMA with a slow reference."""
import numpy as np

from protocol import in_limits
from recordings import NO_TEMPERATURES

SHRINK = 0.3          # of the covariance towards its diagonal
WEIGHT = 0.05         # MEWMA's lambda
TAU = 150.0           # seconds, the slow reference


def standardized(x, fit_rows):
    return (x - x[:fit_rows].mean(0)) / (x[:fit_rows].std(0) + 1e-9)


def distance(z, fit_rows):
    """Root of the squared Mahalanobis distance from zero, the covariance of the training rows shrunk."""
    cov = np.cov(z[:fit_rows].T)
    cov = (1 - SHRINK) * cov + SHRINK * np.diag(np.diag(cov))
    return np.sqrt(np.einsum("ti,ij,tj->t", z, np.linalg.inv(cov), z))


def smoothed(z, weight):
    out, at = np.empty_like(z), np.zeros(z.shape[1])
    for t, row in enumerate(z):
        at = at + weight * (row - at)
        out[t] = at
    return out


def mahalanobis(x, fit_rows):
    return in_limits(distance(standardized(x, fit_rows), fit_rows), fit_rows)


def mewma(x, fit_rows):
    return in_limits(distance(smoothed(standardized(x, fit_rows), WEIGHT), fit_rows), fit_rows)


def mewma_slow(x, fit_rows):
    """MEWMA of what is left after a slow reference, which stands still while the distance is over its own limit."""
    z = standardized(x, fit_rows)
    free = smoothed(smoothed(z, WEIGHT) - smoothed(z, 1 / TAU), 1.0)
    cov = np.cov(free[:fit_rows].T)
    inverse = np.linalg.inv((1 - SHRINK) * cov + SHRINK * np.diag(np.diag(cov)))
    limit = np.quantile(np.sqrt(np.einsum("ti,ij,tj->t", free, inverse, free))[:fit_rows], 0.999)
    fast = slow = np.zeros(z.shape[1])
    out = np.empty(len(z))
    for t, row in enumerate(z):
        fast = fast + WEIGHT * (row - fast)
        gap = fast - slow
        out[t] = np.sqrt(gap @ inverse @ gap) / limit
        slow = slow + (row - slow) / TAU if t < fit_rows or out[t] <= 1 else slow
    return out


def _without_temperatures(method):
    return lambda x, fit_rows: method(x[:, NO_TEMPERATURES], fit_rows)


METHODS = {
    "Mahalanobis": mahalanobis,
    "Mahalanobis, no temperatures": _without_temperatures(mahalanobis),
    "MEWMA": mewma,
    "MEWMA, no temperatures": _without_temperatures(mewma),
    "MEWMA + slow reference": mewma_slow,
    "MEWMA + slow reference, no temperatures": _without_temperatures(mewma_slow),
}
