"""Makes the examples and trains the learned part on them. Seeded; a few minutes on one core."""
import numpy as np
import torch
from torch import nn

import bearing_signals
import frontend
import settings as k
from lines_net import LinesNet

SAME = 0.06                    # a wrong geometry's family this close to a true one is not judged

POSITIVE = torch.tensor(5.0)   # a missed defect costs this many times a false one: the lines are judged where a level already rose


def _inputs(db, orders, shaft, tolerance):
    shaft, tolerance = np.array([shaft]), np.array([tolerance])
    strength, speed, top = frontend.families(db, orders[None], shaft, tolerance, bearing_signals.RATE)
    patch, facts = frontend.network_input(db, top, strength, speed, orders[None], shaft, bearing_signals.RATE)
    return patch[0], facts[0], strength[0, :4]


def examples(seed, count, log=print):
    """-> patch [n, 4, 4, 13], facts [n, 4, 28], strength [n, 4], label [n, 4], judged [n, 4]. Every signal is looked at twice:
    with its own geometry, and with one that is not in it."""
    rng = np.random.default_rng(seed)
    out = [[] for _ in range(5)]
    for i in range(count):
        x, orders, shaft, label = bearing_signals.example(rng)
        windows = np.lib.stride_tricks.sliding_window_view(x, k.WINDOW)[::k.HOP]
        power, _ = frontend.envelopes(frontend.spectrum(windows)[1])
        db = frontend.over_surroundings(power.mean(0)[None])
        tolerance = rng.choice([0.01, 0.03, 0.03, 0.05])
        told = shaft * (1 + tolerance * rng.uniform(-1, 1))
        other = bearing_signals.bearing(rng)
        multiple = np.array(k.MULTIPLE[:4])
        true = (orders * multiple)[label > 0]
        far = np.ones(4) if not len(true) else np.min(
            [np.abs(other * multiple / (true[0] * n) - 1) > SAME for n in (0.5, 1, 2)], 0).astype(float)
        for geometry, y, judged in ((orders, label, np.ones(4)), (other, np.zeros(4), far)):
            for store, value in zip(out, (*_inputs(db, geometry, told, tolerance), y, judged)):
                store.append(value)
        if i % 4000 == 3999:
            log(f"{i + 1} signals")
    return [np.float32(v) for v in out]


def _rows(data):
    patch, facts, _, label, judged = data
    flat = lambda v, *shape: torch.from_numpy(v.reshape(-1, *shape))
    return (flat(patch, k.PATCH_HARMONICS, 2 * k.PATCH_SIDE + 1), flat(facts, facts.shape[-1]), flat(label), flat(judged))


def train(data, seed, epochs=60, log=print):
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    patch, facts, label, judged = _rows(data)
    net, batch = LinesNet(), 512
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, epochs * (len(patch) // batch))
    for epoch in range(epochs):
        total = 0.0
        for at in torch.randperm(len(patch))[:len(patch) // batch * batch].view(-1, batch):
            noise = 0.04 * torch.randn_like(patch[at])
            logit = net(patch[at] + noise, facts[at])
            loss = nn.functional.binary_cross_entropy_with_logits(logit, label[at], pos_weight=POSITIVE, reduction="none")
            loss = (loss * judged[at]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += float(loss)
        if epoch % 20 == 19:
            log(f"epoch {epoch + 1}: loss {total * batch / len(patch):.4f}")
    return net.eval()
