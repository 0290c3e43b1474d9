"""The recordings that every method is judged on: skab-dev, cut the same way for all."""
import csv
import os
import sys
from dataclasses import dataclass

import numpy as np

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../process_anomaly"))

# The slots of process-anomaly, in its order, so that its role factors fit.
COLUMNS = ["Volume Flow RateRMS", "Pressure", "Current", "Accelerometer1RMS", "Accelerometer2RMS", "Temperature",
           "Thermocouple", "Voltage"]
NO_TEMPERATURES = [0, 1, 2, 3, 4, 7]
CALIBRATE = 400
SLICES, SLICE = 8, 1150
LONG_CALIBRATE = 2000


@dataclass(frozen=True)
class Recording:
    """x [rows, channels]; the first `calibrate` rows are normal, the rest is judged. kind: fault, slice or long."""
    name: str
    kind: str
    calibrate: int
    x: np.ndarray
    lines: list          # header and rows as the file has them


def _read(path):
    with open(path, newline="", encoding="utf-8") as f:
        lines = f.read().splitlines()
        f.seek(0)
        return np.array([[float(row[c]) for c in COLUMNS] for row in csv.DictReader(f, delimiter=";")]), lines


def load(folder):
    """All recordings: the faulty files, eight healthy slices, and the healthy file with a long calibration."""
    out = []
    for group in ("valve1", "valve2", "other"):
        for name in sorted(os.listdir(os.path.join(folder, group))):
            if name.endswith(".csv"):
                out.append(Recording(f"{group}_{name}", "fault", CALIBRATE, *_read(os.path.join(folder, group, name))))
    healthy, (head, *lines) = _read(os.path.join(folder, "anomaly-free", "anomaly-free.csv"))
    for i in range(SLICES):
        part = slice(i * SLICE, (i + 1) * SLICE)
        out.append(Recording(f"slice {i}", "slice", CALIBRATE, healthy[part], [head, *lines[part]]))
    return [*out, Recording("healthy, long calibration", "long", LONG_CALIBRATE, healthy, [head, *lines])]


def labels(folder, recordings):
    """Whether each row of a faulty file is labelled as anomalous, by name."""
    out = {}
    for r in recordings:
        if r.kind == "fault":
            with open(os.path.join(folder, r.name.replace("_", "/", 1)), newline="", encoding="utf-8") as f:
                out[r.name] = np.array([float(row["anomaly"]) != 0 for row in csv.DictReader(f, delimiter=";")])
    return out
