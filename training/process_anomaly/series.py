"""Generated process series: what the learned part is trained on. No recording of any real machine enters here.

Every series is in units of its own normal spread. `signal` is what the machine does (slow drift and, in some series, a
fault: step, ramp, leak, pulse); `x` is what a sensor shows of it (noise, spikes, quantization, repeated or interpolated
seconds).
"""
import numpy as np


def _ar1(rng, rows, length, phi):
    white = rng.standard_normal((rows, length))
    out = np.empty_like(white)
    out[:, 0] = white[:, 0]
    gain = np.sqrt(1 - phi ** 2)
    for t in range(1, length):
        out[:, t] = phi * out[:, t - 1] + gain * white[:, t]
    return out


def _one_over_f(rng, rows, length, exponent):
    freq = np.fft.rfftfreq(2 * length)
    freq[0] = freq[1]
    spectrum = np.fft.rfft(rng.standard_normal((rows, 2 * length))) * freq[None] ** (-exponent[:, None] / 2)
    out = np.fft.irfft(spectrum)[:, :length]
    return (out - out.mean(1, keepdims=True)) / out.std(1, keepdims=True)


def noise(rng, rows, length):
    """White, AR(1) and 1/f noise mixed at random; unit spread per row."""
    phi = rng.uniform(0, 0.9, rows)
    out = np.empty((rows, length))
    mix = rng.dirichlet([1.0, 0.7, 0.5], rows)
    out = (np.sqrt(mix[:, :1]) * rng.standard_normal((rows, length))
           + np.sqrt(mix[:, 1:2]) * _ar1(rng, rows, length, phi)
           + np.sqrt(mix[:, 2:]) * _one_over_f(rng, rows, length, rng.uniform(0.5, 1.2, rows)))
    return out


def drift(rng, rows, length):
    """Slow movement that is no fault: random walk, trend, slow wave, warm-up curve."""
    t = np.arange(length)[None] / length
    walk = np.cumsum(rng.standard_normal((rows, length)), 1) / np.sqrt(length)
    wave = np.sin(2 * np.pi * (t * rng.uniform(0.2, 2.0, (rows, 1)) + rng.uniform(0, 1, (rows, 1))))
    trend = rng.choice([-1.0, 1.0], (rows, 1)) * t
    warm = rng.choice([-1.0, 1.0], (rows, 1)) * np.exp(-t * rng.uniform(1, 6, (rows, 1)))
    weights = rng.dirichlet([0.7] * 4, rows)
    size = rng.uniform(0, 3, (rows, 1)) * (rng.random((rows, 1)) < 0.8)
    return size * (weights[:, :1] * walk + weights[:, 1:2] * wave + weights[:, 2:3] * trend + weights[:, 3:] * warm)


def faults(rng, rows, length, share=0.6):
    """Displacements that are faults; zero where a row has none. Onsets lie anywhere in the row."""
    t = np.arange(length)[None]
    onset = rng.integers(0, length, (rows, 1))
    size = np.exp(rng.uniform(np.log(0.4), np.log(30), (rows, 1))) * rng.choice([-1.0, 1.0], (rows, 1))
    rise = np.choose(rng.integers(0, 3, (rows, 1)),
                     [np.ones((rows, 1)), rng.uniform(3, 40, (rows, 1)), rng.uniform(40, 200, (rows, 1))])
    lasts = np.where(rng.random((rows, 1)) < 0.5, rng.uniform(20, 200, (rows, 1)), 10 * length)
    up = np.clip((t - onset + 1) / rise, 0, 1)
    down = np.clip((t - onset - lasts) / np.minimum(rise, 30), 0, 1)
    return size * (up - down) * (rng.random((rows, 1)) < share)


def sense(rng, x):
    """What a sensor and its logger make of x: spikes, coarse steps, repeated and interpolated seconds."""
    rows, length = x.shape
    spikes = (rng.random((rows, length)) < 0.01) & (rng.random((rows, 1)) < 0.3)
    x = x + spikes * rng.standard_t(2, (rows, length)).clip(-6, 6) * 4
    step = np.choose(rng.integers(0, 4, (rows, 1)), [np.full((rows, 1), 1e-3), rng.uniform(0.1, 0.6, (rows, 1)),
                                                     rng.uniform(0.6, 2.0, (rows, 1)), rng.uniform(1.5, 3.0, (rows, 1))])
    x = np.round(x / step) * step
    jitter = rng.random((rows, 1)) < 0.5
    repeat = (rng.random((rows, length)) < 0.05) & jitter
    repeat[:, 0] = False
    x[:, 1:] = np.where(repeat[:, 1:], x[:, :-1], x[:, 1:])
    middle = (rng.random((rows, length)) < 0.05) & jitter
    x[:, 1:] = np.where(middle[:, 1:], 0.5 * (x[:, :-1] + x[:, 1:]), x[:, 1:])
    return x


def batch(rng, rows, length):
    """-> x [rows, length] as sensed, signal [rows, length] true (drift + fault), fault [rows, length] alone."""
    fault = faults(rng, rows, length)
    signal = drift(rng, rows, length) + fault
    return sense(rng, signal + noise(rng, rows, length)), signal, fault
