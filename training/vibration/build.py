#!/usr/bin/env python3
"""Makes the package `vibration-anomaly` from nothing but a seed.

  OMP_NUM_THREADS=1 nice -n 19 python3 training/vibration/build.py [--out models/vibration-anomaly] [--signals 24000] [--seed 20]
           [--variants DIR]

Writes score.onnx, fit.onnx, selftest.json and manifest.json. --variants DIR also writes DIR/fp32 (the same network without
INT8), DIR/plain (no network: every line counts in full) and DIR/network.npz for comparison. Needs Debian's python3-torch, python3-onnx and
python3-numpy; reads no recording.
"""
import argparse
import os

import numpy as np
import onnx
import torch

import graphs
import package
import settings as k
import train_lines
from quantized import Plain, Quantized, Together

NAMED_DB = 6.0                 # a family counts as named above this, as its limit in settings.py says


def judge(name, factor, data):
    """How often the strongest family is the right one, over generated signals that training never saw."""
    patch, facts, strength, label, _ = data
    believed = factor(patch.reshape(-1, *patch.shape[2:]), facts.reshape(-1, facts.shape[2])).reshape(-1, 4)
    value = np.maximum(strength, 0) * np.minimum(k.FULL * believed, 1)
    named, top = value.max(1) > NAMED_DB, value.argmax(1)
    defect = label.sum(1) > 0
    right = named & (label[np.arange(len(label)), top] > 0)
    share = lambda part, of: 100 * float(part.sum()) / max(float(of.sum()), 1)
    each = " ".join(f"{share(right & (label[:, i] > 0), label[:, i] > 0):.0f}" for i in range(4))
    print(f"  {name:10s} defect named right {share(right & defect, defect):5.1f}% (outer inner ball cage {each}), wrong "
          f"{share(named & defect & ~right, defect):5.2f}%; named without one {share(named & ~defect, ~defect):5.2f}%", flush=True)


def write_package(out, net, seed):
    os.makedirs(out, exist_ok=True)
    onnx.save(graphs.score_model(net), os.path.join(out, "score.onnx"))
    onnx.save(graphs.fit_model(net), os.path.join(out, "fit.onnx"))
    package.write_json(os.path.join(out, "selftest.json"), package.self_test(net, seed), separators=(",", ":"))
    package.write_json(os.path.join(out, "manifest.json"), package.manifest(out), indent=2, ensure_ascii=False)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=os.path.normpath(os.path.join(here, "../../models/vibration-anomaly")))
    parser.add_argument("--variants", help="a folder outside the repository for the fp32 and plain packages")
    parser.add_argument("--signals", type=int, default=24000)
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()
    log = lambda line: print(line, flush=True)
    data = train_lines.examples(args.seed, args.signals, log)
    held_back = train_lines.examples(args.seed + 1_000_003, max(args.signals // 5, 200), log)
    nets = [train_lines.train(data, args.seed + i, log=log) for i in range(k.MEMBERS)]
    patch, facts = (torch.from_numpy(v.reshape(-1, *v.shape[2:])[:20000]) for v in data[:2])
    parts = [(net.weights(), net.ranges(patch, facts)) for net in nets]
    quantized, floating = (Together([Quantized(*part, int8) for part in parts]) for int8 in (True, False))
    print("parameters:", sum(p.numel() for net in nets for p in net.parameters()))
    print(f"strongest family above {NAMED_DB:.0f} dB, {len(held_back[0])} looks at generated signals that training never saw:")
    for name, variant in (("INT8", quantized), ("fp32", floating), ("plain", Plain())):
        judge(name, variant.factor, held_back)
    write_package(args.out, quantized, args.seed)
    if args.variants:
        os.makedirs(args.variants, exist_ok=True)
        np.savez(os.path.join(args.variants, "network.npz"), **{f"ranges{n}": ranges for n, (_, ranges) in enumerate(parts)},
                 **{f"{name}{n}{i}": value for n, (layers, _) in enumerate(parts) for i, pair in enumerate(layers)
                    for name, value in zip("wb", pair) if value is not None})
        write_package(os.path.join(args.variants, "fp32"), floating, args.seed)
        write_package(os.path.join(args.variants, "plain"), Plain(), args.seed)


if __name__ == "__main__":
    main()
