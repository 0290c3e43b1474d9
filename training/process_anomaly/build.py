#!/usr/bin/env python3
"""Makes the package `process-anomaly` from nothing but a seed.

  nice -n 19 python3 training/process_anomaly/build.py [--out models/process-anomaly] [--steps 6000] [--seed 20]
           [--variants DIR]

Writes score.onnx, fit.onnx, selftest.json and manifest.json. --variants DIR also writes DIR/fp32 (the same network without
INT8) and DIR/plain (no network: the mean of the last samples) for comparison, and DIR/network.npz for compare.py.
Needs Debian's python3-torch, python3-onnx, python3-numpy.
"""
import argparse
import hashlib
import json
import os

import numpy as np
import onnx

import graphs
import reference
import series
import settings as k
import train_level

VERSION, SEQUENCE, CREATED = "0.2.0", 2, "2026-11-20T00:00:00Z"
C, S = k.CHANNELS, k.WINDOW
STATES = ("reference", "peak", "quiet")
BASELINES = ("center", "sigma", "limit")


def _tensor(array):
    array = np.asarray(array, np.float64)
    return {"shape": list(array.shape), "data": [float(f"{v:.7g}") for v in array.ravel()]}


def self_test(estimator, seed):
    """One golden case per graph, made with the numpy reference: a pump-like machine, then a fall of the first channel."""
    rng = np.random.default_rng(seed)
    center = np.array([32, 1.2, 1.5, 0.03, 0.04, 70, 26, 230.0, 6.5, 180, 185, 190, 11, 1480, 60, 35])
    spread = np.array([0.5, 0.05, 0.2, 0.001, 0.001, 0.3, 0.05, 3.0, 0.05, 0.4, 0.4, 0.4, 0.2, 5, 1, 0.5])
    noise = series.noise(rng, C, S + 40).T
    x = center + spread * noise
    x[S - 2:, 5] += 6 * spread[5]                            # so that one limit is measured and not the floor
    x = np.float32(np.round(x, 5)).astype(np.float64)
    windows = np.stack([x[i:i + S] for i in range(9)])
    present = np.ones(C)
    fitted = reference.fit(estimator, x[:S + 8], present)
    window = x[-S:].copy()
    window[-15:, 0] -= 4.0
    window = np.float32(np.round(window, 5)).astype(np.float64)
    limit = np.array([2.0, 1.8, 1.7, 2.5, 2.5, 4.0, 3.0, 1.5] * 2)
    states = reference.fresh(center[None] + 0.2 * spread)
    states["quiet"][0, 3], states["peak"][0, 3] = 39.0, -5.0        # settles in this very window
    before = {name: value.copy() for name, value in states.items()}
    now = estimator(window.T, spread)[None]
    shown, settled = reference.step(now, np.zeros((1, 1)), (center, spread, limit), states, present)
    score_inputs = {"window": _tensor(window[None]), "present": _tensor(present), "hold": _tensor([0.0]),
                    "center": _tensor(center), "sigma": _tensor(spread), "limit": _tensor(limit),
                    **{f"{s}_in": _tensor(before[s]) for s in STATES}}
    score_outputs = {"score": _tensor([shown.max()]), "channel_scores": _tensor(shown), "settled": _tensor(settled),
                     **{f"{s}_out": _tensor(states[s]) for s in STATES}}
    return {"cases": [
        {"graph": "score.onnx", "inputs": score_inputs, "outputs": score_outputs},
        {"graph": "fit.onnx", "inputs": {"windows": _tensor(windows), "present": _tensor(present)},
         "outputs": dict(zip(BASELINES, map(_tensor, fitted)))}]}


def manifest(out):
    files = []
    for name in ("fit.onnx", "score.onnx", "selftest.json"):
        data = open(os.path.join(out, name), "rb").read()
        files.append({"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    return {
        "format": 1, "name": "process-anomaly", "version": VERSION, "sequence": SEQUENCE, "kind": "anomaly",
        "created": CREATED, "minAgent": "0.1.0", "targets": ["any"],
        "runtime": {"opset": graphs.FORMAT["opset"], "memoryMB": 64, "providers": ["cpu"]},
        "files": files, "entry": "score.onnx", "evidenceVersion": 2, "license": "MIT",
        "notes": "Slow process channels of a pump, compressor, oven, drive or tank: level by an INT8 network, limits by role and direction.",
        "selfTest": {"file": "selftest.json", "relativeTolerance": 0.02, "absoluteTolerance": 0.02, "latencyMs": 50},
        "anomaly": {
            "sampleRateHz": k.SAMPLE_RATE_HZ, "windowSamples": S, "hopSamples": 1,
            "inputs": [{"role": role, "unit": unit, "required": False} for role, unit, _, _ in k.SLOTS],
            "score": {"graph": "score.onnx", "window": "window", "present": "present", "hold": "hold", "score": "score",
                      "channelScores": "channel_scores", "settled": "settled",
                      "states": [{"input": f"{s}_in", "output": f"{s}_out", "shape": [1, C],
                                  "initial": "center" if s == "reference" else "zeros"} for s in STATES],
                      "baselines": [{"name": b, "shape": [C]} for b in BASELINES]},
            "fit": {"graph": "fit.onnx", "windows": "windows", "present": "present", "outputs": list(BASELINES),
                    "minWindows": k.MIN_FIT_WINDOWS},
            "timeConstants": [{"state": "reference_out", "seconds": k.TAU}],
            "center": "center", "sigma": "sigma", "reference": "reference_out",
            "threshold": k.THRESHOLD, "alarm": k.ALARM,
        },
    }


def write_json(path, value, **style):
    with open(path, "w", encoding="utf-8") as f:
        json.dump(value, f, **style)
        f.write("\n")


def write_package(out, net, estimator, seed):
    os.makedirs(out, exist_ok=True)
    onnx.save(graphs.score_model(net), os.path.join(out, "score.onnx"))
    onnx.save(graphs.fit_model(net), os.path.join(out, "fit.onnx"))
    write_json(os.path.join(out, "selftest.json"), self_test(estimator, seed), separators=(",", ":"))
    write_json(os.path.join(out, "manifest.json"), manifest(out), indent=2, ensure_ascii=False)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=os.path.normpath(os.path.join(here, "../../models/process-anomaly")))
    parser.add_argument("--variants", help="a folder outside the repository for the fp32 and plain packages")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()
    net = train_level.train(args.seed, args.steps)
    window, target = train_level.held_back(args.seed)
    layers = [(layer.weight.detach().numpy(), layer.bias.detach().numpy()) for layer in net.layers()]
    quantized = graphs.Quantized(layers, net.ranges(window[:4000]))
    floating = graphs.Quantized(layers, quantized.ranges, int8=False)
    print("parameters:", sum(p.numel() for p in net.parameters()))
    print("error of the level on generated windows that training never saw (Huber loss, sigma):")
    for name, estimator in (("INT8", reference.LearnedLevel(quantized)), ("fp32", reference.LearnedLevel(floating)),
                            ("mean of the last 10", reference.PlainMean())):
        print(f"  {name:20s} {train_level.error(estimator, window, target):.4f}")
    write_package(args.out, quantized, reference.LearnedLevel(quantized), args.seed)
    if args.variants:
        os.makedirs(args.variants, exist_ok=True)
        np.savez(os.path.join(args.variants, "network.npz"), ranges=quantized.ranges,
                 **{f"{part}{i}": value for i, pair in enumerate(layers) for part, value in zip("wb", pair)})
        write_package(os.path.join(args.variants, "fp32"), floating, reference.LearnedLevel(floating), args.seed)
        write_package(os.path.join(args.variants, "plain"), None, reference.PlainMean(), args.seed)


if __name__ == "__main__":
    main()
