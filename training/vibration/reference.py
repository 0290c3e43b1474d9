"""The package's maths in numpy: what the golden self-test is made with and the real graphs are checked against."""
import numpy as np

import frontend
import settings as k

FLOORS = np.array(k.LIMIT_DB)
BASELINES = ("center", "sigma", "statistic_center", "statistic_sigma", "limit", "band_center", "band_limit")


class Machine:
    """One machine's parameters: sample rate and shaft in Hz, tolerance as a fraction, orders [slots, 4]."""

    def __init__(self, net, rate, shaft_hz, tolerance, orders):
        self.net, self.rate, self.shaft, self.tolerance, self.orders = net, rate, shaft_hz, tolerance, np.asarray(orders, float)

    def fresh(self, center):
        return {"envelope": np.zeros((k.SLOTS, k.BANDS, k.LINES)), "count": np.zeros((1, k.SLOTS)), "reference": center[None].copy()}

    def measure(self, window, present, states):
        """window [S, slots] -> statistics [slots, 11], band energies [slots, 6] in dB; envelope and count move on."""
        x, X = frontend.spectrum(window.T)
        levels = frontend.levels(x, X, self.shaft, self.tolerance, self.rate)
        power, energy = frontend.envelopes(X)
        there = present > 0.5
        count = np.where(there, states["count"][0] + 1, states["count"][0])
        part = np.maximum(1 / np.maximum(count, 1), min(1.0, k.HOP / self.rate / k.AVERAGE_SECONDS)) * there
        states["count"] = count[None]
        states["envelope"] = states["envelope"] + part[:, None, None] * (power - states["envelope"])
        db = frontend.over_surroundings(states["envelope"])
        shaft, tolerance = np.full(k.SLOTS, self.shaft), np.full(k.SLOTS, self.tolerance)
        strength, speed, top = frontend.families(db, self.orders, shaft, tolerance, self.rate)
        patch, facts = frontend.network_input(db, top, strength, speed, self.orders, shaft, self.rate)
        factor = self.net.factor(patch.reshape(-1, *patch.shape[2:]), facts.reshape(-1, facts.shape[2])).reshape(k.SLOTS, 4)
        lines = np.maximum(strength[:, :4], 0) * np.minimum(k.FULL * factor, 1)
        lines *= there[:, None]
        lines *= np.clip((lines - lines.max() + k.HEARD_TO) / (k.HEARD_TO - k.HEARD_FROM), 0, 1)
        return np.concatenate([levels, lines], 1) * there[:, None], energy * there[:, None]

    def fit(self, windows, present):
        states = self.fresh(np.zeros(k.SLOTS))
        seen = [self.measure(w, present, states) for w in windows]
        values, energy = log_scale(np.stack([s for s, _ in seen])), np.stack([e for _, e in seen])
        center, spread = np.median(values, 0), _spread(values)
        band_center, band_spread = np.median(energy, 0), _spread(energy)
        levels = np.arange(len(k.STATISTICS)) < k.LEVELS
        natural = np.where(levels, 10 ** (center / 20), center)
        sigma = np.where(levels, natural * np.maximum(spread * np.log(10) / 20, k.SIGMA_SHARE), np.maximum(spread, k.SIGMA_DB))
        on = present > 0.5
        masked = lambda v: np.where(on[(...,) + (None,) * (v.ndim - 1)], v, 1.0)
        out = (natural[:, 0], sigma[:, 0], natural, sigma, np.maximum(FLOORS, k.SIGMAS * spread),
               band_center, np.maximum(k.BAND_LIMIT_DB, k.SIGMAS * band_spread))
        return dict(zip(BASELINES, map(masked, out)))

    def step(self, window, present, hold, baselines, states):
        """-> channel scores [1, slots], statistics [1, slots, 11]; states move on."""
        statistics, energy = self.measure(window, present, states)
        above = log_scale(statistics) - log_scale(baselines["statistic_center"])
        bands = energy - baselines["band_center"]
        worst = np.maximum((above / baselines["limit"]).max(1), (bands / baselines["band_limit"]).max(1))
        score = np.maximum(worst, 0) * present
        follows = (hold < 0.5) & (present > 0.5) & (score <= k.FREEZE)
        part = min(1.0, k.HOP / self.rate / k.REFERENCE_SECONDS) * follows
        states["reference"] = states["reference"] + part * (statistics[:, 0] - states["reference"])
        return score[None], statistics[None]


def log_scale(values):
    """[..., 11]: levels to dB, the line families are dB already."""
    return np.concatenate([20 * np.log10(np.maximum(values[..., :k.LEVELS], 1e-9)), values[..., k.LEVELS:]], -1)


def _spread(values):
    """A standard deviation over windows that is neither fooled by one window nor blind to a few."""
    mad = 1.4826 * np.median(np.abs(values - np.median(values, 0)), 0)
    return np.maximum(mad, 0.5 * values.std(0))
