"""Trains the learned part on generated series (see series.py). Seeded; a few minutes on one core."""
import numpy as np
import torch
from torch import nn

import series
from level_net import LevelNet
from settings import WINDOW

LENGTH = 260                   # samples per generated series
ROWS = 2000                    # series held at a time
REFRESH = 40                   # steps after which they are drawn anew
BATCH = 512


def _pick(rng, x, signal):
    row = rng.integers(0, len(x), BATCH)
    end = rng.integers(WINDOW, LENGTH + 1, BATCH)
    window = x[row[:, None], end[:, None] - WINDOW + np.arange(WINDOW)[None]]
    return torch.from_numpy(window), torch.from_numpy(signal[row, end - 1])


def _draw(rng):
    x, signal, _ = series.batch(rng, ROWS, LENGTH)
    return x.astype(np.float32), signal.astype(np.float32)


def loss_of(estimate, target):
    return nn.functional.smooth_l1_loss(estimate, target, beta=0.5)


def train(seed, steps, log=print):
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    net = LevelNet()
    optimizer = torch.optim.Adam(net.parameters(), lr=4e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, steps)
    for step in range(steps):
        if step % REFRESH == 0:
            x, signal = _draw(rng)
        window, target = _pick(rng, x, signal)
        loss = loss_of(net(window), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 500 == 0:
            log(f"step {step}: loss {float(loss):.4f}")
    return net.eval()


def held_back(seed, count=20):
    """Generated windows that training never saw, and their true levels."""
    rng = np.random.default_rng(seed + 1_000_003)
    parts = [_pick(rng, *_draw(rng)) for _ in range(count)]
    return torch.cat([p[0] for p in parts]), torch.cat([p[1] for p in parts])


def error(estimator, window, target):
    """estimator: as in reference.py, on windows whose sigma is 1."""
    level = estimator(window.numpy(), np.ones(len(window), np.float32))
    return float(loss_of(torch.from_numpy(np.asarray(level, np.float32)), target))
