"""The package's own method in numpy (training/process_anomaly/reference.py), with and without its parts, in the agent's closed
loop: while the alarm is on, references stand still. And packages as the built agent runs them."""
import csv
import json
import os
import re
import subprocess

import numpy as np

import graphs
import reference
import settings as k
import protocol
from protocol import FIT_SHARE, tail_threshold

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
S = k.WINDOW


class Machine:
    """One recording under one level estimator: levels and baselines are made once, the loop runs per threshold."""

    def __init__(self, recording, estimator):
        self.recording, self.normal = recording, recording.calibrate - S + 1
        part = int(FIT_SHARE * self.normal)
        trial = reference.fit(estimator, recording.x[:S - 1 + part])
        self.base = reference.fit(estimator, recording.x[:recording.calibrate])
        early = reference.levels(estimator, recording.x[:recording.calibrate], trial[1])
        self.levels = reference.levels(estimator, recording.x, self.base[1])
        self.threshold = tail_threshold(_loop(early, trial, len(early), np.inf, protocol.NO_DELAYS)[0][part:])

    def run(self, rule, factor=1.0, anchor="rule"):
        """-> alarm [T] at `factor` times the agent's threshold, or times the limit (`anchor`)."""
        threshold = factor * (self.threshold if anchor == "rule" else 1.0)
        _, alarm = _loop(self.levels, self.base, self.normal, threshold, rule)
        return np.concatenate([np.zeros(S - 1, bool), alarm])


def _loop(levels, base, normal, threshold, rule):
    states, active, since = reference.fresh(base[0][None]), False, 0
    scores, alarm = np.empty(len(levels)), np.zeros(len(levels), bool)
    base = [part[None] for part in base]
    for t in range(len(levels)):
        scores[t] = score = reference.step(levels[t][None], np.full((1, 1), float(active)), base, states)[0].max()
        if t < normal:
            continue
        counts = score <= rule.clear_below * threshold if active else score > threshold
        since = since + 1 if counts else 0
        if since > (rule.off if active else rule.on):
            active, since = not active, 0
        alarm[t] = active
    return scores, alarm


def estimators(network):
    """name -> level estimator; the learned ones only where build.py --variants has left its network."""
    out = {"without the learned part": reference.PlainMean()}
    if network:
        stored = np.load(network)
        layers = [(stored[f"w{i}"], stored[f"b{i}"]) for i in range(5)]
        out["INT8"] = reference.LearnedLevel(graphs.Quantized(layers, list(stored["ranges"])))
    return out


class without_role_factors:
    """Within it, the package's limits are the same for all roles and directions."""

    def __enter__(self):
        self.kept = reference.FALL, reference.RISE
        reference.FALL = reference.RISE = np.ones(k.CHANNELS)

    def __exit__(self, *_):
        reference.FALL, reference.RISE = self.kept


class Agent:
    """The built agent itself, `eng/edgeagent replay`, with the shipped config of a water pump, another anomaly package and no
    language model. It keeps time by the recordings' clock."""

    def __init__(self, package, work):
        text = open(os.path.join(ROOT, "device-configs/water-pump.json"), encoding="utf-8").read()
        config = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.M))
        config["explanation"].pop("package")
        config["detection"]["package"] = os.path.abspath(package)
        config["machine"]["faultLibrary"] = os.path.join(ROOT, "device-configs", config["machine"]["faultLibrary"])
        self.work, self.config = work, os.path.join(work, "config.json")
        with open(self.config, "w", encoding="utf-8") as f:
            json.dump(config, f)

    def alarms(self, recording):
        recorded, scores = os.path.join(self.work, "recording.csv"), os.path.join(self.work, "scores.csv")
        with open(recorded, "w", encoding="utf-8") as f:
            f.write("\n".join(recording.lines) + "\n")
        subprocess.run([os.path.join(ROOT, "eng/edgeagent"), "replay", "--config", self.config, "--input", recorded,
                        "--calibrate-rows", str(recording.calibrate), "--scores", scores], check=True, stdout=subprocess.DEVNULL)
        with open(scores, newline="", encoding="utf-8") as f:
            return np.array([row["alarm"] == "1" for row in csv.DictReader(f)])
