"""From samples to lines, in numpy: exactly what the graphs compute before and around the learned part.

  window [B, S] --> Hann, DFT --> level statistics
                         |------> 6 bands --> squared envelope --> its spectrum [B, 6, L] --> averaged over time (state)
  averaged [B, 6, L] --> each over its surroundings --> mean of the bands --> dB over surroundings [B, L]
  dB [B, L] + orders + speed --> strength of each line family at the best speed within the tolerance, and the patch around it
"""
import numpy as np

import settings as k

HANN = np.hanning(k.WINDOW + 1)[:k.WINDOW]
POWER = 2.0 / (k.WINDOW * np.sum(HANN ** 2))           # sum of |X|^2 over bins times this is a mean square
MULTIPLE = np.array(k.MULTIPLE, float)
SWEEP = np.linspace(-1, 1, k.SPEEDS)
LN_TO_DB = 10 / np.log(10)


def spectrum(windows):
    x = windows - windows.mean(-1, keepdims=True)
    return x, np.fft.rfft(x * HANN, axis=-1)


def levels(x, X, shaft_hz, tolerance, rate):
    """x, X of B windows -> [B, 7]: rms, peak, crest factor, kurtosis, velocity rms in mm/s, amplitude at 1x and 2x."""
    square = np.maximum((x ** 2).mean(-1), 1e-12)
    rms, peak = np.sqrt(square), np.abs(x).max(-1)
    kurtosis = (x ** 4).mean(-1) / square ** 2
    power = np.abs(X) ** 2
    hz = np.arange(X.shape[-1]) * rate / k.WINDOW
    weight = np.where((hz >= 10) & (hz <= 1000), (1000 * k.GRAVITY / (2 * np.pi * np.maximum(hz, 1))) ** 2, 0)
    velocity = np.sqrt((power * weight).sum(-1) * POWER)
    padded = np.pad(power, ((0, 0), (2, 2)))
    lobe = sum(padded[:, i:i + X.shape[-1]] for i in range(5))
    lines = []
    for order in (1, 2):
        at = np.rint(order * shaft_hz * (1 + tolerance * SWEEP) * k.WINDOW / rate).astype(int)
        lines.append(np.sqrt(2 * POWER * lobe[:, np.clip(at, 0, X.shape[-1] - 1)].max(-1)))
    return np.stack([rms, peak, peak / rms, kurtosis, velocity, *lines], -1)


def envelopes(X):
    """-> squared-envelope spectra [B, 6, L] of envelopes with mean 1, and the bands' energies [B, 6] in dB."""
    first = k.BAND_FIRST + k.BAND_STEP * np.arange(k.BANDS)
    bands = X[:, first[:, None] + np.arange(k.BAND_BINS)]
    envelope = np.abs(np.fft.ifft(bands, k.BAND_FFT, axis=-1)) ** 2
    energy = np.maximum(envelope.mean(-1), 1e-20)
    lines = np.fft.rfft(envelope / energy[..., None] - 1, axis=-1)[..., :k.LINES] / k.BAND_FFT
    return np.abs(lines) ** 2, LN_TO_DB * np.log(energy * k.BAND_FFT ** 2 * POWER + 1e-12)


def around(values):
    """Mean over the bins around each bin, as many as there are at the ends."""
    n = values.shape[-1]
    total = np.concatenate([np.zeros_like(values[..., :1]), np.cumsum(values, -1)], -1)
    low, high = np.maximum(np.arange(n) - k.SURROUND, 0), np.minimum(np.arange(n) + k.SURROUND + 1, n)
    return (total[..., high] - total[..., low]) / (high - low)


def over_surroundings(averaged):
    """[B, 6, L] power -> [B, L] dB. Lines are kept out of their own surroundings by a clip."""
    log = np.log(averaged + 1e-9)
    base = around(np.minimum(log, around(log) + 1.0))
    together = LN_TO_DB * np.log(np.exp(np.minimum(log - base, 12.0)).mean(-2))
    return together - around(np.minimum(together, around(together) + 3.0))


def _at(values, bins):
    """values [B, L] at bins [B, ...]; 0 outside, and whether inside."""
    near = np.rint(bins).astype(int)
    inside = (near >= 1) & (near <= k.LINES - 2)
    flat = np.where(inside, near, 1).reshape(len(values), -1)
    return np.take_along_axis(values, flat, 1).reshape(bins.shape) * inside, inside


def families(db, orders, shaft_hz, tolerance, rate):
    """db [B, L], orders [B, 4], shaft_hz, tolerance [B] -> strength [B, 5] in dB and speed factor [B, 5]; the fifth is the shaft."""
    top = np.maximum(db, np.maximum(np.pad(db[:, 1:], ((0, 0), (0, 1))), np.pad(db[:, :-1], ((0, 0), (1, 0)))))
    per_turn = np.concatenate([orders, np.ones_like(orders[:, :1])], 1) * MULTIPLE                   # [B, 5]
    wide = np.array([k.SLIP] * 4 + [0.0])
    speed = 1 + (tolerance[:, None] + wide)[..., None] * SWEEP                                       # [B, 5, V]
    bins = (per_turn * shaft_hz[:, None] * k.WINDOW / rate)[..., None] * speed                       # of the first line
    harmonic = np.arange(1, k.HARMONICS + 1)
    value, inside = _at(top, bins[:, :, None] * harmonic[:, None])                                   # [B, 5, H, V]
    mean = value.sum(2) / np.maximum(inside.sum(2), 1)
    best = mean.argmax(-1)
    return (np.take_along_axis(mean, best[..., None], -1)[..., 0], np.take_along_axis(speed, best[..., None], -1)[..., 0], top)


OFFSETS = np.arange(-k.PATCH_SIDE, k.PATCH_SIDE + 1)
SIDE_LINES = [(h, s) for h in (1, 2) for s in (-1, 1)]
HALF_LINES = (0.5, 1.5, 2.5)


def network_input(db, top, strength, speed, orders, shaft_hz, rate):
    """-> patch [B, 4, 4 harmonics, 13 bins] and facts [B, 4, 28], both about 0..1."""
    scale = lambda v: np.clip(v, k.CLIP_LOW, k.CLIP_HIGH) / k.CLIP_HIGH
    turn = shaft_hz[:, None] * speed[:, :4] * k.WINDOW / rate                                        # [B, 4] bins of 1x
    per_turn = orders * MULTIPLE[:4]
    line = per_turn * turn
    harmonic = np.arange(1, k.PATCH_HARMONICS + 1)
    patch, inside = _at(db, (line[..., None] * harmonic)[..., None] + OFFSETS)
    side = [line * h + s * turn * other for other in (1.0, orders[:, 3:4]) for h, s in SIDE_LINES]
    sides, _ = _at(top, np.stack(side + [line * h for h in HALF_LINES], -1))                         # [B, 4, 11]
    multiple = per_turn[..., None] * harmonic
    apart = np.abs(multiple - np.rint(multiple))
    coincides = np.exp(-(apart / 0.06) ** 2)
    every = np.broadcast_to(strength[:, None], (len(db), 4, 5))
    which = np.broadcast_to(np.eye(4), (len(db), 4, 4))
    facts = np.concatenate([scale(sides), coincides, scale(every), which, inside[..., k.PATCH_SIDE]], -1)
    return scale(patch), facts
