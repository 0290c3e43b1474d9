"""The machines' fault libraries: the product's own files are the only source of ids, titles and signatures."""
import json
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "device-configs" / "faults"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Library:
    machine: str
    signatures: dict    # fault id: {"role" or "role/statistic": "up" | "down" | "steady" | "dominant"}, in the file's order

    @property
    def faults(self):
        return list(self.signatures)


def load(name):
    text = re.sub(r"^\s*//.*$", "", (FOLDER / name).read_text(encoding="utf-8"), flags=re.M)
    document = json.loads(text)
    return Library(document["machineType"], {fault["id"]: fault["signature"] for fault in document["faults"]})


PUMP, BEARING = load("centrifugal-pump.json"), load("rolling-bearing.json")
MACHINE, FAULTS = PUMP.machine, PUMP.faults
SIGNATURES = PUMP.signatures
ALL_FAULTS = FAULTS + [fault for fault in BEARING.faults if fault not in FAULTS]
