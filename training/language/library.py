"""The machine's fault library: the product's own file is the only source of ids, titles and signatures."""
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY_FILE = ROOT / "device-configs" / "faults" / "centrifugal-pump.json"
UNKNOWN = "unknown"


def load(path=LIBRARY_FILE):
    """Returns (machine type, {fault id: {role: "up" | "down" | "steady"}} in the file's order)."""
    text = re.sub(r"^\s*//.*$", "", Path(path).read_text(encoding="utf-8"), flags=re.M)
    document = json.loads(text)
    return document["machineType"], {fault["id"]: fault["signature"] for fault in document["faults"]}


MACHINE, SIGNATURES = load()
FAULTS = list(SIGNATURES)
