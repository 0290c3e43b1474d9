#!/usr/bin/env python3
"""Makes the package `process-anomaly` from nothing but a seed.

  nice -n 19 python3 training/process_anomaly/build.py [--out models/process-anomaly] [--steps 6000] [--seed 20]

Writes score.onnx, fit.onnx, selftest.json, manifest.json, and score.fp32.onnx / fit.fp32.onnx into --fp32 if given.
Needs Debian's python3-torch, python3-onnx, python3-numpy.
"""
import argparse
import hashlib
import json
import os

import numpy as np
import onnx

import graphs
import onnx_graph
import reference
import series
import settings as k
import train_level

VERSION, SEQUENCE, CREATED = "0.1.0", 1, "2026-11-20T00:00:00Z"
C, S = k.CHANNELS, k.WINDOW
STATES = ("reference", "peak", "quiet")
BASELINES = ("center", "sigma", "limit")


def _tensor(array):
    array = np.asarray(array, np.float64)
    return {"shape": list(array.shape), "data": [float(f"{v:.7g}") for v in array.ravel()]}


def self_test(estimator, seed):
    """One golden case per graph, made with the numpy reference: a pump-like machine, then a fall of the first channel."""
    rng = np.random.default_rng(seed)
    center = np.array([32, 1.2, 1.5, 0.03, 0.04, 70, 26, 230.0])
    spread = np.array([0.5, 0.05, 0.2, 0.001, 0.001, 0.3, 0.05, 3.0])
    noise = series.noise(rng, C, S + 40).T
    x = np.float32(np.round(center + spread * noise, 5)).astype(np.float64)
    windows = np.stack([x[i:i + S] for i in range(9)])
    present = np.ones(C)
    fitted = reference.fit(estimator, x[:S + 8], present)
    window = x[-S:].copy()
    window[-15:, 0] -= 4.0
    window = np.float32(np.round(window, 5)).astype(np.float64)
    limit = np.array([2.0, 1.8, 1.7, 2.5, 2.5, 4.0, 3.0, 1.5])
    states = reference.fresh(center[None] + 0.2 * spread)
    states["quiet"][0, 3], states["peak"][0, 3] = 39.0, 5.0
    before = {name: value.copy() for name, value in states.items()}
    now = estimator(window.T, spread)[None]
    shown = reference.step(now, np.zeros((1, 1)), (center, spread, limit), states, present)
    score_inputs = {"window": _tensor(window[None]), "present": _tensor(present), "hold": _tensor([0.0]),
                    "center": _tensor(center), "sigma": _tensor(spread), "limit": _tensor(limit),
                    **{f"{s}_in": _tensor(before[s]) for s in STATES}}
    score_outputs = {"score": _tensor([shown.max()]), "channel_scores": _tensor(shown),
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
        "runtime": {"opset": onnx_graph.OPSET, "memoryMB": 64, "providers": ["cpu"]},
        "files": files, "entry": "score.onnx", "evidenceVersion": 1, "license": "MIT",
        "notes": "Slow-sampled process channels of a pump: level by an INT8 network, limits by role and direction.",
        "selfTest": {"file": "selftest.json", "relativeTolerance": 0.03, "absoluteTolerance": 0.03, "latencyMs": 50},
        "anomaly": {
            "sampleRateHz": k.SAMPLE_RATE_HZ, "windowSamples": S, "hopSamples": 1,
            "inputs": [{"role": role, "unit": unit, "required": False} for role, unit, _, _ in k.SLOTS],
            "score": {"graph": "score.onnx", "window": "window", "present": "present", "hold": "hold", "score": "score",
                      "channelScores": "channel_scores",
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


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=os.path.normpath(os.path.join(here, "../../models/process-anomaly")))
    parser.add_argument("--fp32", help="also write the graphs without INT8 here, for comparison")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()
    net = train_level.train(args.seed, args.steps)
    window, target = train_level.held_back(args.seed)
    print("loss on held-back generated windows:", train_level.report(net, window, target))
    quantized = graphs.Quantized(net, net.ranges(window[:4000]))
    os.makedirs(args.out, exist_ok=True)
    onnx.save(graphs.score_model(quantized), os.path.join(args.out, "score.onnx"))
    onnx.save(graphs.fit_model(quantized), os.path.join(args.out, "fit.onnx"))
    if args.fp32:
        plain = graphs.Quantized(net, quantized.ranges, int8=False)
        os.makedirs(args.fp32, exist_ok=True)
        onnx.save(graphs.score_model(plain), os.path.join(args.fp32, "score.onnx"))
        onnx.save(graphs.fit_model(plain), os.path.join(args.fp32, "fit.onnx"))
    write_json(os.path.join(args.out, "selftest.json"), self_test(reference.LevelInt8(quantized), args.seed),
               separators=(",", ":"))
    write_json(os.path.join(args.out, "manifest.json"), manifest(args.out), indent=2)
    print("parameters:", sum(p.numel() for p in net.parameters()))


if __name__ == "__main__":
    main()
