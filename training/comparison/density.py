"""How rare a point is among the training points: isolation forest (Liu 2008), k nearest neighbours, and a kernel density by
random Fourier features (Rahimi and Recht 2007). All on standardized means of ten rows. Seeded."""
import numpy as np

import settings
from control_charts import standardized
from protocol import in_limits
from subspace import rolling_mean

SEED = 1
TREES, SAMPLE = 100, 256
NEIGHBOURS = 5
FEATURES = 500


def _points(x, fit_rows):
    z = rolling_mean(standardized(x, fit_rows), settings.LEVEL)
    return z / (z[:fit_rows].std(0) + 1e-9)


def _expected_depth(n):
    return 2 * (np.log(max(n - 1, 1)) + 0.5772) - 2 * (n - 1) / n if n > 1 else 0.0


def _depths(points, sample, depth, limit, rng):
    """Depth at which each point is alone in a random tree grown on `sample`."""
    spread = np.flatnonzero(np.ptp(sample, axis=0) > 0) if len(sample) > 1 else []
    if depth >= limit or len(spread) == 0:
        return np.full(len(points), depth + _expected_depth(len(sample)))
    axis = spread[rng.integers(len(spread))]
    cut = rng.uniform(sample[:, axis].min(), sample[:, axis].max())
    left, out = points[:, axis] < cut, np.empty(len(points))
    lower = sample[:, axis] < cut
    out[left] = _depths(points[left], sample[lower], depth + 1, limit, rng)
    out[~left] = _depths(points[~left], sample[~lower], depth + 1, limit, rng)
    return out


def isolation_forest(x, fit_rows):
    rng, z = np.random.default_rng(SEED), _points(x, fit_rows)
    size = min(SAMPLE, fit_rows)
    total = np.zeros(len(z))
    for _ in range(TREES):
        sample = z[rng.choice(fit_rows, size, replace=False)]
        total += _depths(z, sample, 0, int(np.ceil(np.log2(size))), rng)
    return in_limits(2.0 ** (-total / TREES / _expected_depth(size)), fit_rows)


def nearest_neighbours(x, fit_rows):
    """Distance to the fifth nearest training point; a training point's own neighbours in time do not count."""
    z, apart = _points(x, fit_rows), settings.LEVEL
    out = np.empty(len(z))
    for t, point in enumerate(z):
        squared = ((z[:fit_rows] - point) ** 2).sum(1)
        squared[max(0, t - apart):t + apart + 1] = np.inf
        out[t] = np.sqrt(np.partition(squared, NEIGHBOURS)[NEIGHBOURS])
    return in_limits(out, fit_rows)


def fourier_density(x, fit_rows):
    """-log of a Gaussian kernel density (bandwidth: median distance) through random Fourier features.
    Far away the estimate is lost in the features' own noise, so it is floored there: such points are all equally strange."""
    rng, z = np.random.default_rng(SEED), _points(x, fit_rows)
    some = z[rng.choice(fit_rows, 200)]
    width = np.median(np.sqrt(((some[:, None] - some[None]) ** 2).sum(2))) + 1e-9
    phase = z @ (rng.standard_normal((z.shape[1], FEATURES)) / width) + rng.uniform(0, 2 * np.pi, FEATURES)
    features = np.sqrt(2 / FEATURES) * np.cos(phase)
    density = features @ features[:fit_rows].mean(0)
    return in_limits(-np.log(np.maximum(density, 1e-3)), fit_rows)


METHODS = {"Isolation forest": isolation_forest, "kNN": nearest_neighbours, "Fourier-feature density": fourier_density}
