#!/usr/bin/env python3
"""The package beside simpler methods: MEWMA, always alarming, and itself without the learned part.

  python3 training/process_anomaly/compare.py --network DIR/network.npz [--skab ../shared/data/skab-dev] [--machines 200]

DIR is build.py's --variants. First on generated pumps, where onset and size of every fault are known (none of them was
seen in training: other seed, other lengths, faults by the signatures of the pump's fault library), then, with --skab, MEWMA
and always alarming on the recordings (the package's own figures there come from its real graphs: evaluate_skab.cjs).
"""
import argparse
import csv
import json
import os
import re

import numpy as np

import graphs
import reference
import series
import settings as k

CALIBRATE, LENGTH = 400, 1200
S, C = k.WINDOW, k.PUMP
ROLES = [slot[0] for slot in k.SLOTS[:C]]
LEVELS = np.array([32, 1.2, 1.5, 0.03, 0.04, 70, 26, 230.0])
SPREADS = np.array([0.5, 0.05, 0.2, 0.001, 0.001, 0.3, 0.05, 3.0])


# ---- the agent's rules, for many series of one length at once -------------------------------------------------------

def tail_threshold(scores):
    """scores [N] held back -> threshold; the agent's rule."""
    ordered = np.sort(scores)
    start = ordered[min(len(ordered) - 1, int(0.8 * len(ordered)))]
    excess = ordered[ordered > start] - start
    mean = excess.mean() if len(excess) else 0.0
    return max(k.THRESHOLD["minimum"], start + mean * np.log(0.2 / k.THRESHOLD["falseAlarmRate"]))


def package_alarms(estimator, x, calibrate):
    """x [B, T, C] -> alarm [B, T]."""
    count, length = x.shape[0], x.shape[1]
    normal = calibrate - S + 1
    fitted = int(0.6 * normal)
    alarm = np.zeros((count, length), bool)

    def baselines(windows):
        return [np.stack(part) for part in zip(*(reference.fit(estimator, one[:S - 1 + windows]) for one in x))]

    def run(base, windows, threshold=None):
        states, active = reference.fresh(base[0]), np.zeros(count, bool)
        since, scores = np.zeros(count, int), np.empty((windows, count))
        for t in range(windows):
            shown = reference.step(now[t], active[:, None].astype(float), base, states)[0].max(1)
            scores[t] = shown
            if threshold is None or t < normal:
                continue
            counts = np.where(active, shown < k.ALARM["clearBelow"] * threshold, shown > threshold)
            since = np.where(counts, since + 1, 0)
            flip = since > np.where(active, k.ALARM["offDelaySeconds"], k.ALARM["onDelaySeconds"])
            active, since = active ^ flip, np.where(flip, 0, since)
            alarm[:, t + S - 1] = active
        return scores

    trial, final = baselines(fitted), baselines(normal)
    now = np.stack([reference.levels(estimator, one, sigma) for one, sigma in zip(x, trial[1])], 1)
    scores = run(trial, normal)
    now = np.stack([reference.levels(estimator, one, sigma) for one, sigma in zip(x, final[1])], 1)
    run(final, length - S + 1, np.array([tail_threshold(scores[fitted:, b]) for b in range(count)]))
    return alarm


def mewma_alarms(x, calibrate, channels, multiple, weight=0.05, shrink=0.3):
    """MEWMA on rows, its limit a multiple of the training rows' 0.999 quantile. x [T, C] -> alarm [T]."""
    x = x[:, channels]
    z = (x - x[:calibrate].mean(0)) / (x[:calibrate].std(0) + 1e-9)
    w, at = np.empty_like(z), np.zeros(z.shape[1])
    for t in range(len(z)):
        at = weight * z[t] + (1 - weight) * at
        w[t] = at
    cov = np.cov(w[:calibrate].T)
    cov = (1 - shrink) * cov + shrink * np.diag(np.diag(cov))
    distance = np.einsum("ti,ij,tj->t", w, np.linalg.inv(cov), w)
    return distance > multiple * np.quantile(distance[:calibrate], 0.999)


MEWMAS = [("MEWMA, all channels, limit x5", list(range(C)), 5.0),
          ("MEWMA, no temperatures, limit x3", [i for i, r in enumerate(ROLES) if "temperature" not in r], 3.0)]


# ---- generated pumps ------------------------------------------------------------------------------------------------

def library(path):
    text = re.sub(r"^\s*//.*$", "", open(path, encoding="utf-8").read(), flags=re.M)
    return [fault["signature"] for fault in json.loads(text)["faults"]]


def pumps(rng, count, signatures):
    """-> x [B, T, C], label [B, T]. Half of the pumps get a fault, 300 s long, then come back nearly to where they were."""
    noise = series.noise(rng, count * C, LENGTH).reshape(count, C, LENGTH)
    drift = series.drift(rng, count * C, LENGTH).reshape(count, C, LENGTH)
    shift, label = np.zeros((count, C, LENGTH)), np.zeros((count, LENGTH), bool)
    t = np.arange(LENGTH)
    for b in range(0, count, 2):
        signature = signatures[rng.integers(len(signatures))]
        onset, rise = int(rng.integers(560, 700)), rng.choice([1.0, rng.uniform(5, 60)])
        shape = np.clip((t - onset + 1) / rise, 0, 1) - (1 - rng.uniform(0, 0.1)) * np.clip((t - onset - 299) / 10, 0, 1)
        size = np.exp(rng.uniform(np.log(3), np.log(20)))
        for c, role in enumerate(ROLES):
            direction = {"up": 1, "down": -1}.get(signature.get(role), 0)
            # A role's size goes with how large its limit is: vibration and current must move more to mean something.
            shift[b, c] = direction * shape * size * rng.uniform(0.6, 1.4)
        label[b, onset:onset + 300] = True
    x = series.sense(rng, (noise + drift + shift).reshape(count * C, LENGTH)).reshape(count, C, LENGTH)
    return LEVELS + SPREADS * x.transpose(0, 2, 1), label


def summary(alarm, label):
    a, y = alarm[:, CALIBRATE:], label[:, CALIBRATE:]
    faulty, delays, events = y.any(1), [], 0
    quiet_rows = 0
    for one, truth in zip(a, y):
        until = int(np.argmax(truth)) if truth.any() else len(truth)
        quiet_rows += until
        events += int((np.diff(np.concatenate([[0], one[:until].astype(int)])) == 1).sum())
        hits = np.flatnonzero(one & truth)
        if len(hits):
            delays.append(hits[0] - until)
    tp, fp, fn, tn = (a & y).sum(), (a & ~y).sum(), (~a & y).sum(), (~a & ~y).sum()
    return (f"F1 {tp / (tp + (fp + fn) / 2):.3f}  FAR {100 * fp / (fp + tn):5.1f}%  MAR {100 * fn / (fn + tp):5.1f}%  "
            f"found {len(delays)}/{faulty.sum()}  median delay {np.median(delays) if delays else -1:.0f} s  "
            f"false alarms per healthy hour {events * 3600 / quiet_rows:.2f}")


# ---- recordings -----------------------------------------------------------------------------------------------------

COLUMNS = ["Volume Flow RateRMS", "Pressure", "Current", "Accelerometer1RMS", "Accelerometer2RMS", "Temperature",
           "Thermocouple", "Voltage"]


def recording(path):
    with open(path, newline="") as f:
        rows = list(csv.DictReader(f, delimiter=";"))
    return np.array([[float(r[c]) for c in COLUMNS] for r in rows]), np.array([float(r.get("anomaly") or 0) != 0 for r in rows])


def skab(folder, method):
    tp = fp = fn = tn = 0
    for group in ("valve1", "valve2", "other"):
        for name in sorted(os.listdir(os.path.join(folder, group))):
            x, label = recording(os.path.join(folder, group, name))
            a, y = method(x, CALIBRATE)[CALIBRATE:], label[CALIBRATE:]
            tp, fp, fn, tn = tp + (a & y).sum(), fp + (a & ~y).sum(), fn + (~a & y).sum(), tn + (~a & ~y).sum()
    healthy, _ = recording(os.path.join(folder, "anomaly-free", "anomaly-free.csv"))
    slices = [method(healthy[i * 1150:(i + 1) * 1150], CALIBRATE)[CALIBRATE:].mean() for i in range(8)]
    return (f"F1 {tp / (tp + (fp + fn) / 2):.3f}  FAR {100 * fp / (fp + tn):.1f}%  MAR {100 * fn / (fn + tp):.1f}%  "
            f"healthy slices {100 * np.mean(slices):.1f}%  after 2000 rows {100 * method(healthy, 2000)[2000:].mean():.2f}%")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--network", required=True)
    parser.add_argument("--skab")
    parser.add_argument("--machines", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    stored = np.load(args.network)
    layers = [(stored[f"w{i}"], stored[f"b{i}"]) for i in range(5)]
    ranges = list(stored["ranges"])
    signatures = library(os.path.join(here, "../../device-configs/faults/centrifugal-pump.json"))
    x, label = pumps(np.random.default_rng(args.seed), args.machines, signatures)
    print(f"generated pumps: {args.machines}, every second one with a fault; rows {CALIBRATE} and later count")
    estimators = [("package, INT8", reference.LearnedLevel(graphs.Quantized(layers, ranges))),
                  ("package, fp32", reference.LearnedLevel(graphs.Quantized(layers, ranges, int8=False))),
                  ("without the learned part", reference.PlainMean())]
    for name, estimator in estimators:
        print(f"  {name:34s} {summary(package_alarms(estimator, x, CALIBRATE), label)}", flush=True)
    for name, channels, multiple in MEWMAS:
        alarm = np.stack([mewma_alarms(one, CALIBRATE, channels, multiple) for one in x])
        print(f"  {name:34s} {summary(alarm, label)}")
    print(f"  {'always alarming':34s} {summary(np.ones_like(label), label)}")
    if args.skab:
        print("SKAB, rows 400 and later")
        for name, channels, multiple in MEWMAS:
            print(f"  {name:34s} {skab(args.skab, lambda v, n, c=channels, m=multiple: mewma_alarms(v, n, c, m))}")
        print(f"  {'always alarming':34s} {skab(args.skab, lambda v, n: np.ones(len(v), bool))}")


if __name__ == "__main__":
    main()
