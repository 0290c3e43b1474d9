"""Generated vibration: what the learned part is trained on. No recording of any real machine enters here.

Model: impulses of a defect (McFadden and Smith 1984; slip after Randall and Antoni 2011) and everything else that makes
envelope lines, through a random transfer path, in coloured noise.
"""
import numpy as np

from settings import HOP, WINDOW

RATE = 12000.0


def bearing(rng):
    """Random geometry -> events per turn BPFO, BPFI, BSF, FTF (kinematics of a bearing with a fixed outer ring)."""
    balls = rng.integers(6, 17)
    ratio = rng.uniform(0.12, 0.32) * np.cos(np.deg2rad(rng.choice([0.0, rng.uniform(0, 40)])))
    ftf = (1 - ratio) / 2
    return np.array([balls * ftf, balls * (1 + ratio) / 2, (1 - ratio ** 2) / (2 * ratio), ftf])


def _path(rng, length, low=0.05):
    """Spectrum of a random transfer path: a few resonances."""
    f = np.fft.rfftfreq(length)
    total = np.zeros(len(f), complex)
    for _ in range(rng.integers(1, 5)):
        f0, q = rng.uniform(low, 0.48), np.exp(rng.uniform(np.log(5), np.log(60)))
        total += rng.uniform(0.2, 1) * np.exp(2j * np.pi * rng.random()) / (1 - (f / f0) ** 2 + 1j * f / (f0 * q))
    return total


def _shape(rng, x):
    out = np.fft.irfft(np.fft.rfft(x) * _path(rng, len(x)), len(x))
    return out / (out.std() + 1e-12)


def _noise(rng, length):
    f = np.fft.rfftfreq(length)
    tilt = (f + 0.01) ** rng.uniform(-0.8, 0.3)
    white = np.fft.rfft(rng.standard_normal(length))
    out = np.fft.irfft(white * (tilt / tilt.mean() + rng.uniform(0, 0.5) * np.abs(_path(rng, length))), length)
    return out / out.std()


def _impulses(rng, length, rate_hz, jitter, gain, balls=1):
    """Impulses at rate_hz with independent jitter (a share of the period) or a random walk; gain(t) is their height. No two
    of the `balls` that strike in turn are alike, so the cage's turn shows in a race's defect."""
    period = RATE / rate_hz
    count = int(length / period) + 4
    steps = 1 + jitter * rng.standard_normal(count)
    t = (np.cumsum(steps) if rng.random() < 0.5 else np.arange(count) + jitter * rng.standard_normal(count)) + rng.random() - 2
    t = t * period
    alike = np.maximum(1 + rng.uniform(0, 0.7) * rng.standard_normal(balls), 0)[np.arange(count) % balls]
    inside = (t >= 0) & (t < length - 2)
    t, alike = t[inside], alike[inside]
    height = alike * gain(t / RATE) * (1 + rng.uniform(0, 0.5) * rng.standard_normal(len(t)))
    x = np.zeros(length)
    whole = t.astype(int)
    np.add.at(x, whole, height * (1 - t + whole))
    np.add.at(x, whole + 1, height * (t - whole))
    if rng.random() < 0.4:                                # a spall with length: a second edge, or a rough patch
        x = x + rng.uniform(0.2, 1) * np.roll(x, rng.integers(3, 40))
    return x


def _zone(rng, hz, depth):
    """Passing the load zone once per turn of `hz`: a raised cosine, narrow in a lightly loaded or loose bearing."""
    phase, power = rng.uniform(0, 2 * np.pi), rng.choice([1, 2, 4, 8, 16, 32])
    return lambda t: 1 - depth + depth * (0.5 + 0.5 * np.cos(2 * np.pi * hz * t + phase)) ** power


def defect(rng, which, orders, shaft, length):
    """which: 0 outer, 1 inner, 2 ball, 3 cage. -> impulses before the transfer path."""
    slip = 1 + rng.uniform(-0.01, 0.01)
    jitter = np.exp(rng.uniform(np.log(0.001), np.log(0.02)))
    flat = lambda t: np.ones_like(t)
    balls = int(round(orders[0] / orders[3]))
    if which == 0:
        return _impulses(rng, length, orders[0] * shaft * slip, jitter,
                         flat if rng.random() < 0.4 else _zone(rng, shaft * rng.choice([1, 1, 2]), rng.uniform(0, 0.9)), balls)
    if which == 1:
        return _impulses(rng, length, orders[1] * shaft * slip, jitter, _zone(rng, shaft, rng.uniform(0.2, 1) ** 0.5), balls)
    if which == 2:
        cage = _zone(rng, orders[3] * shaft * slip, rng.uniform(0.2, 1))
        rate = orders[2] * shaft * slip
        hits = _impulses(rng, length, 2 * rate, jitter, cage)
        return hits + rng.uniform(0, 1) * _impulses(rng, length, rate, jitter, cage)        # one race hears it better
    carrier = rng.standard_normal(length) * _bumps(rng, orders[3] * shaft * slip, length)
    return carrier if rng.random() < 0.5 else _impulses(rng, length, orders[3] * shaft * slip, jitter, flat)


def _bumps(rng, hz, length):
    t = np.arange(length) / RATE
    sharp = rng.uniform(1, 8)
    return np.exp(sharp * (np.cos(2 * np.pi * hz * t + rng.uniform(0, 6.3)) - 1))


def _swell(rng, shaft, length):
    t = np.arange(length) / RATE
    waves = sum(rng.uniform(0, 0.7) / h * np.cos(2 * np.pi * h * shaft * t + rng.uniform(0, 6.3)) for h in (1, 2, 3, 4))
    return np.maximum(1 + waves, 0)


def _others(rng, orders, shaft, length):
    """What makes envelope lines without a defect: shaft, gears, mains, drive, cage play, knocks."""
    t = np.arange(length) / RATE
    tone = lambda hz: np.cos(2 * np.pi * hz * t + rng.uniform(0, 6.3))
    x = np.zeros(length)
    amplitude = lambda: np.exp(rng.uniform(np.log(0.03), np.log(3)))
    for order in range(1, rng.integers(2, 9)):
        x += amplitude() * rng.random() * tone(order * shaft)
    if rng.random() < 0.5:                                # a gear or rotor slots: a carrier with sidebands at the shaft's orders
        for _ in range(rng.integers(1, 4)):
            wheel = shaft * rng.choice([1, 1, 1, rng.uniform(0.2, 4)])
            side = 1 + sum(rng.uniform(0, 1) / h * tone(h * wheel) for h in range(1, rng.integers(2, 6)))
            x += amplitude() * tone(rng.integers(10, 150) * shaft) * side
    if rng.random() < 0.4:                                # noise that swells with the shaft or any other rhythm
        for _ in range(rng.integers(1, 4)):
            hz = rng.choice([shaft * rng.integers(1, 5), 50.0, 100.0, 120.0, np.exp(rng.uniform(np.log(5), np.log(700)))])
            x += amplitude() * _shape(rng, rng.standard_normal(length) * _bumps(rng, hz, length))
    if rng.random() < 0.25:                               # cage play: a lattice of shaft and cage orders, no defect
        swell = np.ones(length)
        for _ in range(rng.integers(2, 10)):
            order = abs(rng.integers(0, 7) + rng.integers(-3, 4) * orders[3])
            swell += rng.uniform(0, 0.6) * tone((order + 1e-3) * shaft)
        x += amplitude() * _shape(rng, rng.standard_normal(length) * np.abs(swell))
    if rng.random() < 0.25:                               # knocks without a rhythm
        knocks = (rng.random(length) < np.exp(rng.uniform(np.log(2e-4), np.log(5e-3)))) * rng.standard_normal(length)
        x += amplitude() * 3 * _shape(rng, knocks)
    if rng.random() < 0.3:                                # tones that beat with each other
        hz = rng.uniform(500, 5500)
        for _ in range(rng.integers(2, 6)):
            x += amplitude() * 0.5 * tone(hz + rng.uniform(-300, 300))
    return x


def example(rng):
    """-> signal [T], orders, true shaft Hz, label [4]."""
    windows = rng.choice([1, 2, 3, 5, 8, 12], p=[0.15, 0.15, 0.2, 0.2, 0.2, 0.1])
    length = WINDOW + (windows - 1) * HOP
    orders, shaft = bearing(rng), np.exp(rng.uniform(np.log(12), np.log(60)))
    label = np.zeros(4)
    x = _noise(rng, length) + _others(rng, orders, shaft, length)
    if rng.random() < 0.75:
        which = rng.choice(4, p=[0.3, 0.3, 0.25, 0.15])
        hits = defect(rng, which, orders, shaft, length)
        if rng.random() < 0.3:                            # an unbalanced or loose shaft presses now more, now less
            hits = hits * _swell(rng, shaft, length)
        x += np.exp(rng.uniform(np.log(0.08), np.log(6))) * _shape(rng, hits)
        label[which] = 1
    return x, orders, shaft, label
