#!/usr/bin/env python3
"""How much of the role factors' gain is hindsight? They were chosen by looking at the very files that they are judged on.
Here they are learned by a coordinate search for F1 on one half of the files and judged on the other half, which has other
kinds of fault: valve1 against valve2 and other. The chart is "Mean of 10 + both" of compare.py, with the agent's rules.

  python3 training/comparison/role_factors.py --skab ../shared/data/skab-dev

Needs Debian's python3-numpy. A few minutes on one core.
"""
import argparse
import os

import numpy as np

import recordings as data
import protocol
import settings as k
from channels import FALL, ONES, RISE, robust
from subspace import rolling_mean

CHOICES = (1.0, 1.5, 2.0, 3.0, 6.0, 12.0, 60.0)
PASSES = 2
STARTS = (1.0, 60.0)


class Prepared:
    """All recordings at once, [B, T, C], short ones padded with their last row: levels and limits, which no factor touches."""

    def __init__(self, recordings):
        self.recordings = recordings
        self.trial = self._fit([int(protocol.FIT_SHARE * r.calibrate) for r in recordings], [r.x[:r.calibrate] for r in recordings])
        self.final = self._fit([r.calibrate for r in recordings], [r.x for r in recordings])

    @staticmethod
    def _fit(fit_rows, series):
        length = max(map(len, series))
        levels = [rolling_mean(robust(x, n), k.LEVEL) for x, n in zip(series, fit_rows)]
        limits = []
        for level, n in zip(levels, fit_rows):
            reference, free = np.zeros(level.shape[1]), np.empty((n, level.shape[1]))
            for t in range(n):
                free[t] = level[t] - reference
                reference = reference + free[t] / k.TAU
            limits.append(np.maximum(np.quantile(np.abs(free), k.LIMIT_QUANTILE, axis=0), k.LIMIT_FLOOR))
        padded = [np.vstack([level, np.repeat(level[-1:], length - len(level), 0)]) for level in levels]
        return np.stack(padded), np.stack(limits)

    @staticmethod
    def scores(levels, limits, fall, rise):
        reference, out = np.zeros(limits.shape), np.empty(levels.shape[:2])
        for t in range(levels.shape[1]):
            gap = levels[:, t] - reference
            raw = np.abs(gap) / (np.where(gap < 0, fall, rise) * limits)
            reference = np.where(raw <= k.FREEZE, reference + gap / k.TAU, reference)
            out[:, t] = raw.max(1)
        return out

    def flags(self, fall, rise, chosen):
        picked = [i for i, r in enumerate(self.recordings) if r.name in chosen]
        early = self.scores(self.trial[0][picked], self.trial[1][picked], fall, rise)
        late = self.scores(self.final[0][picked], self.final[1][picked], fall, rise)
        out = {}
        for i, held, score in zip(picked, early, late):
            r = self.recordings[i]
            threshold = protocol.tail_threshold(held[int(protocol.FIT_SHARE * r.calibrate):r.calibrate])
            out[r.name] = protocol.alarms(score[:len(r.x)], threshold, r.calibrate, protocol.AGENT)
        return out


def learn(prepared, labels, chosen):
    """Coordinate search, once from all channels at their own limit and once from all of them nearly off. -> fall, rise."""
    files = [r for r in prepared.recordings if r.name in chosen]
    found = []
    for start in STARTS:
        factors = np.full((2, k.PUMP), start)
        best = protocol.f1(prepared.flags(*factors, chosen), labels, files)
        for _ in range(PASSES):
            for direction, channel in np.ndindex(factors.shape):
                for value in CHOICES:
                    trial = factors.copy()
                    trial[direction, channel] = value
                    reached = protocol.f1(prepared.flags(*trial, chosen), labels, files)
                    if reached > best:
                        best, factors = reached, trial
        found.append((best, factors))
    return max(found, key=lambda pair: pair[0])


def learn_one(prepared, labels, chosen):
    """One number alone, how much looser every channel but flow is; temperatures off, as physics suggests."""
    files = [r for r in prepared.recordings if r.name in chosen]
    found = []
    for value in CHOICES:
        one = np.array([1.0 if role == "flow" else 60.0 if "temperature" in role else value for role, *_ in k.SLOTS[:k.PUMP]])
        found.append((protocol.f1(prepared.flags(one, one, chosen), labels, files), value, np.stack([one, one])))
    reached, _, factors = max(found, key=lambda entry: entry[:2])
    return reached, factors


def held_out(prepared, labels, halves, how):
    """Factors learned on each half, judged on the other. -> alarms of all files, and of the healthy slices by each half's factors."""
    unseen, healthy = {}, []
    slices = {r.name for r in prepared.recordings if r.kind == "slice"}
    for learn_on, judge_on in (halves, halves[::-1]):
        reached, factors = how(prepared, labels, learn_on)
        name = "valve1" if learn_on is halves[0] else "valve2 and other"
        print(f"  learned on {name}, F1 {reached:.3f} there; factors fall/rise:",
              *(f"{slot[0]} {fall:g}/{rise:g}" for slot, fall, rise in zip(k.SLOTS[:k.PUMP], *factors)), sep="  ", flush=True)
        unseen.update(prepared.flags(*factors, judge_on))
        healthy.append(prepared.flags(*factors, slices))
    return unseen, healthy


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--skab", required=True)
    folder = parser.parse_args().skab
    recordings = [r for r in data.load(folder) if r.kind != "long"]
    faulty = [r for r in recordings if r.kind == "fault"]
    labels = data.labels(folder, recordings)
    prepared = Prepared(recordings)
    everything = {r.name for r in recordings}
    halves = [{r.name for r in faulty if r.name.startswith("valve1") == first} for first in (True, False)]

    def show(name, flags, healthy):
        figures = protocol.judge({**healthy[0], **flags}, recordings, os.path.join(folder, "../../tools/skab_score.py"), folder)
        slices = np.mean([100 * one[r.name][r.calibrate:].mean() for one in healthy for r in recordings if r.kind == "slice"])
        parts = [protocol.f1(flags, labels, [r for r in faulty if r.name in half]) for half in halves]
        print(f"{name:44s} F1 {figures['F1']:.3f} (valve1 {parts[0]:.3f}, valve2 and other {parts[1]:.3f})  FAR {figures['FAR']:.1f}%  "
              f"MAR {figures['MAR']:.1f}%  found {figures['faults_found']}  healthy slices {slices:.1f}%", flush=True)

    for name, fall, rise in (("no factors", ONES, ONES), ("as shipped", FALL, RISE)):
        flags = prepared.flags(fall, rise, everything)
        show(name, flags, [flags])
    show("one number learned on the other half", *held_out(prepared, labels, halves, learn_one))
    show("all sixteen learned on the other half", *held_out(prepared, labels, halves, learn))


if __name__ == "__main__":
    main()
