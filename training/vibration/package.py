"""The files beside the graphs: the golden self-test, made with the numpy reference, and the manifest."""
import hashlib
import json
import os

import numpy as np

import bearing_signals
import graphs
import reference
import settings as k

VERSION, SEQUENCE, CREATED = "0.1.0", 1, "2026-11-20T00:00:00Z"
ORDERS = [[3.5848, 5.4152, 2.357, 0.3983], [0, 0, 0, 0], [3.05, 4.95, 1.994, 0.3816], [3.5848, 5.4152, 2.357, 0.3983]]
# The self-test's slots, so that the file stays small: the first carries an inner-race defect, the second a plain tone at
# 1x, the third is a constant, the last is absent. The samples are whole numbers.


def _tensor(array, digits=7):
    array = np.asarray(array, np.float64)
    return {"shape": list(array.shape), "data": [int(v) if v == int(v) else float(f"{v:.{digits}g}") for v in array.ravel()]}


def _windows(seed):
    rng = np.random.default_rng(seed)
    t = np.arange(k.WINDOW) / 12000
    shaft, total = 29.5, np.zeros((2, k.WINDOW, k.SLOTS))
    hits = bearing_signals.defect(rng, 1, np.array(ORDERS[0]), shaft, k.WINDOW)
    ring = np.exp(-np.arange(60) / 8) * np.sin(np.arange(60) * 1.6)
    noise = 1.5 * rng.standard_normal((2, k.WINDOW))
    total[:, :, 0] = noise
    total[1, :, 0] += 8 * np.convolve(hits, ring)[:k.WINDOW]
    total[:, :, 1] = 3 * np.sin(2 * np.pi * shaft * t)
    return np.round(total)


def self_test(net, seed):
    """One case per graph. `fit` sees one window twice; `score` sees the window with the defect."""
    machine = reference.Machine(net, 12000.0, 29.0, 0.03, ORDERS)
    healthy, defect = _windows(seed)
    present = np.array([1.0, 1, 1, 0])
    parameters = {"sample_rate": _tensor([12000.0]), "shaft_hz": _tensor([29.0]), "shaft_tolerance": _tensor([0.03]),
                  "orders": _tensor(ORDERS)}
    fitted = machine.fit([healthy, healthy], present)
    fitted = {name: np.array(_tensor(v)["data"]).reshape(v.shape) for name, v in fitted.items()}
    states = machine.fresh(fitted["center"])
    states_in = {f"{n}_in": _tensor(v) for n, v in states.items()}
    scores, statistics = machine.step(defect, present, 0.0, fitted, states)
    outputs = {"score": _tensor([scores.max()]), "channel_scores": _tensor(scores), "statistics": _tensor(statistics),
               "count_out": _tensor(states["count"]), "reference_out": _tensor(states["reference"])}
    both = {"present": _tensor(present), **parameters}
    return {"cases": [
        {"graph": "score.onnx", "inputs": {"window": _tensor(defect[None]), "hold": _tensor([0.0]), **both,
                                           **{n: _tensor(v) for n, v in fitted.items()}, **states_in}, "outputs": outputs},
        {"graph": "fit.onnx", "inputs": {"windows": _tensor(np.stack([healthy, healthy])), **both},
         "outputs": {n: _tensor(v) for n, v in fitted.items()}}]}


def manifest(out):
    files = []
    for name in ("fit.onnx", "score.onnx", "selftest.json"):
        data = open(os.path.join(out, name), "rb").read()
        files.append({"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    initial = lambda state: "center" if state == "reference" else "zeros"
    return {
        "format": 1, "name": "vibration-anomaly", "version": VERSION, "sequence": SEQUENCE, "kind": "anomaly",
        "created": CREATED, "minAgent": "0.1.0", "targets": ["any"],
        "runtime": {"opset": graphs.FORMAT["opset"], "memoryMB": 128, "providers": ["cpu"]},
        "files": files, "entry": "score.onnx", "evidenceVersion": 2, "license": "MIT",
        "notes": "Accelerometers on rolling bearings: levels, band energies, and computed envelope lines judged by an INT8 network.",
        "selfTest": {"file": "selftest.json", "relativeTolerance": 0.02, "absoluteTolerance": 0.02, "latencyMs": 100},
        "anomaly": {
            "sampleRateHz": k.SAMPLE_RATE_HZ, "sampleRateRangeHz": k.SAMPLE_RATE_RANGE_HZ, "windowSamples": k.WINDOW, "hopSamples": k.HOP,
            "inputs": [{"role": "vibration", "unit": "g", "required": False}] * k.SLOTS,
            "parameters": [{"name": n, "source": source, "shape": shape} for n, source, shape in graphs.PARAMETERS],
            "score": {"graph": "score.onnx", "window": "window", "present": "present", "hold": "hold", "score": "score",
                      "channelScores": "channel_scores",
                      "states": [{"input": f"{n}_in", "output": f"{n}_out", "shape": shape, "initial": initial(n)}
                                 for n, shape in graphs.STATES],
                      "baselines": [{"name": n, "shape": shape} for n, shape in graphs.BASELINES]},
            "statistics": {"output": "statistics", "center": "statistic_center", "sigma": "statistic_sigma",
                           "names": list(k.STATISTICS)},
            "fit": {"graph": "fit.onnx", "windows": "windows", "present": "present",
                    "outputs": [n for n, _ in graphs.BASELINES], "minWindows": k.MIN_FIT_WINDOWS, "consecutive": False},
            "timeConstants": [{"state": "envelope_out", "seconds": k.AVERAGE_SECONDS},
                              {"state": "reference_out", "seconds": k.REFERENCE_SECONDS, "watchOnly": True}],
            "center": "center", "sigma": "sigma", "reference": "reference_out",
            "threshold": k.THRESHOLD, "alarm": k.ALARM,
        },
    }


def write_json(path, value, **style):
    with open(path, "w", encoding="utf-8") as f:
        json.dump(value, f, **style)
        f.write("\n")
