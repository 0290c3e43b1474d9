#!/usr/bin/env python3
"""Anomaly methods side by side on the same recordings, under the same rules.

  python3 training/comparison/compare.py --skab ../shared/data/skab-dev [--only TEXT] [--network DIR/network.npz]
          [--package NAME=FOLDER ...]

Every method learns from rows 0-399 of each file and has one setting for all files. Its figures
are those of the agent's own threshold rule and delays; the last column is the factor on its limits and the kind of delay with
the best F1 on these very files, so it flatters. --network (from build.py
--variants) adds the shipped method's parts with the learned level; --package adds packages as the built agent runs them
(needs eng/build.sh).
Needs Debian's python3-torch, python3-onnx, python3-numpy. About ten minutes on one shared core.
"""
import argparse
import os
import sys
import tempfile

import numpy as np

import recordings as data
import protocol
import autoencoder, channels, control_charts, density, forecaster, package, subspace

CLOSED_FACTORS = np.geomspace(0.5, 2, 7)      # fewer: every one is a new run of the loop
HEAD = ("| method | F1 without ▸ with the agent's delays | FAR % | MAR % | before onset: FAR %, alarms | found | delay s | slices % "
        "| after 2,000 % | best setting on these files: F1 / FAR / MAR, slices % |")


def line(name, f, plain=None, best="", setting=""):
    """f and best: figures; plain: F1 without delays."""
    f1 = f"{f['F1']:.3f}" if plain is None else f"{plain:.3f} ▸ {f['F1']:.3f}"
    best = best and f"{best['F1']:.3f} / {best['FAR']:.1f} / {best['MAR']:.1f}, {best['slice']:.0f} ({setting})"
    return (f"| {name} | {f1} | {f['FAR']:.1f} | {f['MAR']:.1f} | {f['FAR_before_onset']:.1f}, {f['false_events_before_onset']} "
            f"| {f['faults_found']} | {f['median_delay_rows']} | {f['slice']:.1f} | {f['long']:.2f} | {best} |")


class Table:
    def __init__(self, args):
        self.data, self.tool = args.skab, args.tool
        self.recordings = data.load(args.skab)
        self.labels = data.labels(args.skab, self.recordings)

    def judge(self, flags):
        return protocol.judge(flags, self.recordings, self.tool, self.data)

    def both(self, name, flags, grid):
        """flags(alarm rule, factor, anchor) -> alarms by recording."""
        plain, ruled = (self.judge(flags(rule, 1.0, "rule")) for rule in (protocol.NO_DELAYS, protocol.AGENT))
        settings = ((rule, factor, anchor) for rule in (protocol.NO_DELAYS, protocol.AGENT, protocol.NO_DEADBAND)
                    for factor in grid for anchor in ("rule", "limit"))
        rule, factor, anchor = max(settings, key=lambda s: protocol.f1(flags(*s, faulty=True), self.labels, self.recordings))
        best = self.judge(flags(rule, factor, anchor))
        print(line(name, ruled, plain["F1"], best, f"{factor:.2g} x {anchor}, {rule.name}"), flush=True)

    def method(self, name, score):
        made = {r.name: protocol.calibrated(score, r) for r in self.recordings}

        def flags(rule, factor, anchor, faulty=False):
            out = {}
            for r in self.recordings:
                if r.kind == "fault" or not faulty:
                    scores, threshold = made[r.name]
                    out[r.name] = protocol.alarms(scores, factor * (threshold if anchor == "rule" else 1.0), r.calibrate, rule)
            return out
        self.both(name, flags, protocol.FACTORS)

    def closed_loop(self, name, estimator):
        machines = [package.Machine(r, estimator) for r in self.recordings]

        def flags(rule, factor, anchor, faulty=False):
            return {m.recording.name: m.run(rule, factor, anchor) for m in machines if m.recording.kind == "fault" or not faulty}
        self.both(name, flags, CLOSED_FACTORS)

    def agent(self, name, folder):
        with tempfile.TemporaryDirectory() as work:
            agent = package.Agent(folder, work)
            flags = {r.name: agent.alarms(r) for r in self.recordings}
        print(line(f"{name}, the agent", self.judge(flags)), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--skab", required=True)
    parser.add_argument("--only", default="", help="only methods whose name holds this text")
    parser.add_argument("--network")
    parser.add_argument("--package", action="append", default=[])
    parser.add_argument("--tool", help="default: tools/skab_score.py beside the data")
    args = parser.parse_args()
    args.tool = args.tool or os.path.join(args.skab, "../../tools/skab_score.py")
    if not os.path.isdir(args.skab):
        sys.exit(f"{args.skab}: no such folder; the recordings are not part of this repository")
    table = Table(args)
    print(HEAD + "\n" + "|---" * 10 + "|")
    everything = {r.name: np.ones(len(r.x), bool) for r in table.recordings}
    print(line("Always alarming", protocol.judge(everything, table.recordings, args.tool, args.skab)), flush=True)
    for family in (control_charts, subspace, density, forecaster, autoencoder, channels):
        for name, score in family.METHODS.items():
            if args.only in name:
                table.method(name, score)
    for name, estimator in package.estimators(args.network).items():
        if args.only in f"package, {name}":
            with package.without_role_factors():
                table.closed_loop(f"package, {name}, no role factors", estimator)
            table.closed_loop(f"package, {name}", estimator)
    for name, folder in (entry.split("=", 1) for entry in args.package):
        table.agent(name, folder)


if __name__ == "__main__":
    main()
