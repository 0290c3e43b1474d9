"""Forecaster: ridge vector autoregression one second ahead; what counts is how far the rows are from the forecast."""
import numpy as np

from channels import FALL, ONES, RISE, largest, robust
from control_charts import smoothed

ORDER = 10
RIDGE = 30.0
WEIGHT = 0.1          # smoothing of the residuals: a lasting shift is what counts, not one second


def residuals(x, fit_rows):
    """Smoothed forecast errors in sigma of the training errors [T, C]; the first rows have none."""
    z = robust(x, fit_rows).clip(-50, 50)
    past = np.concatenate([z[ORDER - 1 - lag:len(z) - 1 - lag] for lag in range(ORDER)], 1)
    past = np.hstack([past, np.ones((len(past), 1))])
    n = fit_rows - ORDER
    gram = past[:n].T @ past[:n] + RIDGE * np.eye(past.shape[1])
    weights = np.linalg.solve(gram, past[:n].T @ z[ORDER:fit_rows])
    error = np.vstack([np.zeros((ORDER, z.shape[1])), z[ORDER:] - past @ weights])
    error = smoothed(error, WEIGHT)
    return error / (error[:fit_rows].std(0) + 1e-9)


METHODS = {
    "Forecaster (ridge VAR)": lambda x, n: largest(residuals(x, n), n, ONES, ONES),
    "Forecaster + role factors": lambda x, n: largest(residuals(x, n), n, FALL, RISE),
}
