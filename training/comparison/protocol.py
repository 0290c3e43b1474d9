"""What is the same for all methods: how a score becomes a threshold, an alarm and a figure.

A method is a function score(x [T, C], fit_rows) -> score [T] that learns from rows 0..fit_rows-1 alone; NaN where it has no
score yet; 1 is about the largest that these rows show themselves (`in_limits`).
"""
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import numpy as np

import settings

FIT_SHARE = 0.6                          # as the agent calibrates: fit on this share, threshold from the rest, fit on all
FACTORS = np.geomspace(0.1, 30, 41)      # what "best factor" searches over, one factor for all files


def in_limits(score, fit_rows):
    """A score in units of the 0.999 quantile of the rows that it was fitted on."""
    return score / max(np.nanquantile(score[:fit_rows], 0.999), 1e-9)


def tail_threshold(held_back):
    """The agent's ThresholdRule: an exponential tail over the 0.8 quantile of held-back normal scores, at least 1."""
    ordered = np.sort(held_back[np.isfinite(held_back)])
    start = ordered[min(len(ordered) - 1, int(0.8 * len(ordered)))]
    excess = ordered[ordered > start] - start
    mean = excess.mean() if len(excess) else 0.0
    rule = settings.THRESHOLD
    return max(rule["minimum"], start + mean * np.log(0.2 / rule["falseAlarmRate"]))


def calibrated(method, recording):
    """-> (score [T] after a fit on all calibration rows, threshold from a fit on the first 60% of them)."""
    n, part = recording.calibrate, int(FIT_SHARE * recording.calibrate)
    threshold = tail_threshold(method(recording.x[:n], part)[part:])
    return method(recording.x, n), threshold


@dataclass(frozen=True)
class AlarmRule:
    """Seconds over the threshold until an alarm, seconds below clear_below * threshold until its end."""
    name: str
    on: int
    off: int
    clear_below: float


NO_DELAYS = AlarmRule("no delays", 0, 0, 1.0)
AGENT = AlarmRule("agent's delays", settings.ALARM["onDelaySeconds"], settings.ALARM["offDelaySeconds"], settings.ALARM["clearBelow"])
NO_DEADBAND = AlarmRule("delays, no deadband", settings.ALARM["onDelaySeconds"], settings.ALARM["offDelaySeconds"], 1.0)


def alarms(score, threshold, calibrate, rule):
    """score [T] -> alarm [T]."""
    over = np.nan_to_num(score, nan=0.0) > threshold
    over[:calibrate] = False
    if rule is NO_DELAYS:
        return over
    out, active, since = np.zeros(len(score), bool), False, 0
    low = ~over if rule is NO_DEADBAND else score < rule.clear_below * threshold
    for t in range(calibrate, len(score)):
        since = since + 1 if (low[t] if active else over[t]) else 0
        if since > (rule.off if active else rule.on):
            active, since = not active, 0
        out[t] = active
    return out


def f1(flags, labels, recordings):
    """Point-wise over the faulty files; only to search the best factor, figures come from the scoring tool."""
    tp = fp = fn = 0
    for r in recordings:
        if r.kind == "fault":
            a, y = flags[r.name][r.calibrate:], labels[r.name][r.calibrate:]
            tp, fp, fn = tp + (a & y).sum(), fp + (a & ~y).sum(), fn + (~a & y).sum()
    return tp / max(1, tp + (fp + fn) / 2)


def judge(flags, recordings, tool, data):
    """-> the scoring tool's figures for the faulty files, and the healthy shares in percent."""
    with tempfile.TemporaryDirectory() as folder:
        for r in recordings:
            if r.kind == "fault":
                np.savetxt(os.path.join(folder, r.name), flags[r.name].astype(int), "%d", header="alarm", comments="")
        done = subprocess.run([sys.executable, tool, data, folder, "--json"], check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout)
    for kind in {r.kind for r in recordings} - {"fault"}:
        figures[kind] = float(np.mean([100 * flags[r.name][r.calibrate:].mean() for r in recordings if r.kind == kind]))
    return figures
