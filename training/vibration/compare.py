#!/usr/bin/env python3
"""Holds the real graphs' answers on whole recordings against the numpy twin.

  node training/vibration/evaluate_cwru.cjs PACKAGE DATA --dump DUMP.json
  nice -n 19 python3 training/vibration/compare.py --network DIR/network.npz --dump DUMP.json --data DATA [--fp32]

DIR is what `build.py --variants DIR` was given.
"""
import argparse
import json
import os

import numpy as np

import reference
import settings as k
from quantized import Quantized, Together


def network(path, int8):
    file = np.load(path)
    layers = lambda n: [(file[f"w{n}{i}"], file[f"b{n}{i}"] if f"b{n}{i}" in file else None) for i in range(5)]
    return Together([Quantized(layers(n), file[f"ranges{n}"], int8) for n in range(k.MEMBERS)])


def main():
    parser = argparse.ArgumentParser()
    for name in ("network", "dump", "data"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--fp32", action="store_true")
    args = parser.parse_args()
    dump = json.load(open(args.dump, encoding="utf-8"))
    machine = reference.Machine(network(args.network, not args.fp32), 12000.0, dump["rpm"] / 60, 0.03, dump["orders"])
    baselines = {name: np.array(t["data"]).reshape(t["shape"]) for name, t in dump["baselines"].items()}
    present = np.array([1.0, 1.0] + [0.0] * (k.SLOTS - 2))
    scores, levels, lines = [], [], []
    for name, rows in dump["recordings"].items():
        samples = np.load(os.path.join(args.data, name)).astype(float)
        states = machine.fresh(baselines["center"])
        for i, row in enumerate(rows):
            window = np.zeros((k.WINDOW, k.SLOTS))
            window[:, :2] = samples[i * k.HOP:i * k.HOP + k.WINDOW]
            score, statistics = machine.step(window, present, 0.0, baselines, states)
            real = np.array(row["statistics"]).reshape(statistics.shape)
            scores.append(abs(row["score"] - score.max()))
            levels.append(np.max(np.abs(real - statistics)[0, :2, :k.LEVELS] / statistics[0, :2, :k.LEVELS]))
            lines.append(np.max(np.abs(real - statistics)[0, :2, k.LEVELS:]))
    print(f"{len(scores)} windows: scores differ by at most {max(scores):.1e}; levels by {max(levels):.1e} of their value; "
          f"line families by {max(lines):.2f} dB, median {np.median(lines):.1e} dB")


if __name__ == "__main__":
    main()
