"""PCA: Hotelling's T2 in the subspace and Q (squared prediction error) off it, on rows and on means of 30 s."""
import numpy as np

from control_charts import standardized
from protocol import in_limits

EXPLAINED = 0.9       # share of variance that the subspace keeps
MEANS = 30


def rolling_mean(x, rows):
    """Mean of the last `rows` rows; of fewer at the beginning."""
    total = np.vstack([np.zeros((1, x.shape[1])), np.cumsum(x, 0)])
    t = np.arange(1, len(x) + 1)
    start = np.maximum(0, t - rows)
    return (total[t] - total[start]) / (t - start)[:, None]


def t2_q(z, fit_rows):
    z = z - z[:fit_rows].mean(0)
    values, vectors = np.linalg.eigh(np.cov(z[:fit_rows].T))
    values, vectors = values[::-1], vectors[:, ::-1]
    kept = int(np.searchsorted(np.cumsum(values) / values.sum(), EXPLAINED)) + 1
    part = z @ vectors[:, :kept]
    t2 = np.sqrt((part ** 2 / values[:kept]).sum(1))
    q = np.sqrt(((z - part @ vectors[:, :kept].T) ** 2).sum(1))
    return in_limits(t2, fit_rows), in_limits(q, fit_rows)


def _pick(which, rows=1):
    def score(x, fit_rows):
        z = rolling_mean(standardized(x, fit_rows), rows)
        t2, q = t2_q(z, fit_rows)
        return {"t2": t2, "q": q, "either": np.maximum(t2, q)}[which]
    return score


METHODS = {
    "PCA T2": _pick("t2"),
    "PCA Q": _pick("q"),
    "PCA T2 or Q": _pick("either"),
    "PCA T2 or Q, 30 s means": _pick("either", MEANS),
}
