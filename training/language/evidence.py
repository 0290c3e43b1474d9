"""Evidence of one alarm of a pump: random cases for training, and the prompt that the agent prints from evidence."""
import math
from dataclasses import dataclass
from typing import Optional

import channels
from library import FAULTS, MACHINE, PUMP, SIGNATURES, UNKNOWN, Library
from vocabulary import MEAN

MAX_ITEMS = 8
SIGN = {"up": 1, "down": -1, "steady": 0}
MACHINES = [MACHINE] * 9 + ["pump", "water pump"]


@dataclass(frozen=True)
class Item:
    channel: str
    role: str
    unit: str
    value: float
    baseline: float
    sigma: float          # (value - baseline) in calibration sigmas
    trend: str            # rising | falling | steady
    onset: Optional[int]  # whole seconds before the raise, None where the channel never left its band
    statistic: str = MEAN
    dominant: bool = False  # a defect line that has risen, and the strongest of its channel

    @property
    def decimals(self):
        difference = max(abs(self.value - self.baseline), 1e-9)
        return min(max(1 - math.floor(math.log10(difference)), 0), 4)

    def printed(self, number):
        text = f"{round(number, self.decimals):.{self.decimals}f}"
        return text[1:] if text.startswith("-") and not text.strip("-0.") else text

    @property
    def value_text(self):
        return self.printed(self.value)

    @property
    def baseline_text(self):
        return self.printed(self.baseline)

    @property
    def sigma_text(self):
        text = f"{self.sigma:+.1f}" if abs(self.sigma) < 100 else f"{self.sigma:+.0f}"
        return "+0.0" if text == "-0.0" else text

    def line(self):
        unit = f" {self.unit}" if self.unit else ""
        onset = "" if self.onset is None else f", onset {self.onset} s"
        statistic = "" if self.statistic == MEAN else f" {self.statistic}"
        dominant = ", dominant" if self.dominant else ""
        return (f"`{self.channel}` ({self.role}){statistic} {self.value_text}{unit}, normal {self.baseline_text}, "
                f"{self.sigma_text} sigma, {self.trend}{onset}{dominant}")


@dataclass(frozen=True)
class Case:
    machine: str
    faults: list
    items: list
    library: Library = PUMP

    def prompt(self):
        return "\n".join([f"machine: {self.machine}", "faults: " + ", ".join(self.faults), "evidence:"]
                         + [item.line() for item in self.items])


def fault_list(rng, library=PUMP):
    """Mostly the whole library in its order, as on a device; else shuffled, or a part of it."""
    kind = rng.random()
    faults = library.faults
    if kind < 0.55:
        return faults
    rng.shuffle(faults)
    return faults if kind < 0.70 else faults[:rng.randint(2, len(faults) - 1)]


def roles(rng, cause):
    """Which roles the machine has: a full test bench, or any few, but mostly one that the cause moves."""
    if rng.random() < 0.3:
        picked = ["flow", "pressure", "current", "voltage", "vibration", "vibration", "motor-temperature",
                  "fluid-temperature"]
        return rng.sample(picked, rng.choice([6, 7, 8, 8]))
    count = rng.choice([1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8])
    pool = channels.SIGNATURE_ROLES * 2
    if rng.random() < 0.25:
        pool += rng.sample(channels.OTHER_ROLES, 2)
    picked = rng.sample(pool, count)
    moved = [role for role, way in SIGNATURES.get(cause, {}).items() if way != "steady"]
    if moved and not set(moved) & set(picked) and rng.random() < 0.9:
        picked[0] = rng.choice(moved)
    return picked


def deviations(rng, cause, picked):
    """Deviation in sigmas by role. A cause shows only in part, and steady channels are noisy or drift."""
    small = rng.random() < 0.25                       # a valve that closes a little: flow down 2-4 %, little else
    noise = rng.choice([0.4, 0.7, 0.7, 1.0])
    hide = rng.choice([0.0, 0.1, 0.3, 0.6])
    signature = SIGNATURES.get(cause, {})
    by_role = {}
    for role in sorted(set(picked)):
        sign = SIGN[signature.get(role, "steady")]
        if cause == UNKNOWN and rng.random() < 0.4:
            sign = rng.choice([-1, 1])
        if sign and rng.random() >= hide:
            strength = rng.uniform(2.2, 7) if small else 3.2 * (rng.choice([8, 20, 20, 200]) ** rng.random())
            by_role[role] = sign * strength
        elif sign and rng.random() < 0.6:
            by_role[role] = sign * rng.uniform(0.2, 2.3)
        else:
            by_role[role] = rng.gauss(0, noise)
            drifts = 0.12 if "temperature" in role or role == "voltage" else 0.03
            if rng.random() < drifts:
                by_role[role] = rng.choice([-1, 1]) * rng.uniform(2.5, 12)
    return by_role


def relative_change(rng, role, sigma):
    """Size of the deviation as a part of the normal level."""
    if abs(sigma) < 2:
        return rng.choice([0.0002, 0.001, 0.004, 0.02, 0.05]) * rng.random()
    if "temperature" in role or role in ("voltage", "temperature"):
        return rng.uniform(0.01, 0.12 if role == "voltage" else 0.4)
    if role == "vibration" and sigma > 0:
        return 0.06 * 50 ** rng.random()
    return 0.015 * (60 if sigma < 0 else 80) ** rng.random()


def course(rng, sigma):
    """The trend, and when the channel left its normal band."""
    moved = abs(sigma) >= 3 or (abs(sigma) >= 2 and rng.random() < 0.5)
    towards = "rising" if sigma > 0 else "falling"
    if moved:
        kind = rng.random()
        trend = towards if kind < 0.72 else "steady" if kind < 0.95 else rng.choice(["rising", "falling"])
        onset = int(1 + 90 * rng.random() ** 2.2) if rng.random() < 0.95 else None
        if onset and rng.random() < 0.04:
            onset = rng.randint(60, 900)
    else:
        trend = "steady" if rng.random() < 0.75 else rng.choice(["rising", "falling"])
        onset = rng.randint(1, 60) if rng.random() < 0.03 else None
    return trend, onset


def item(rng, channel, role, sigma):
    unit, baseline = channels.unit_and_level(rng, role)
    if rng.random() < 0.03:
        unit = ""
    change = relative_change(rng, role, sigma)
    if unit == "K":
        change *= 0.1
    if role == "pressure" and unit == "bar" and rng.random() < 0.05:
        baseline = -rng.uniform(0.05, 0.6)
    value = baseline + math.copysign(abs(baseline) * change, sigma)
    trend, onset = course(rng, sigma)
    return Item(channel, role, unit, value, baseline, sigma, trend, onset)


def sample(rng, easy=False):
    """One random alarm. The cause that made it is not its label: the label is what the evidence supports.
    An easy one has one or two channels and a short fault list: copying is learned on these first."""
    cause = UNKNOWN if rng.random() < 0.08 else rng.choice(FAULTS)
    picked = roles(rng, cause)[:rng.randint(1, 2) if easy else None]
    by_role = deviations(rng, cause, picked)
    items, used = [], {}
    for role in picked:
        channel = channels.sibling(rng, used[role]) if role in used and rng.random() < 0.75 else channels.name(rng, role)
        while channel in used.values() or any(channel == other.channel for other in items):
            channel = channels.name(rng, role)
        sigma = by_role[role]
        if role in used:
            sigma = sigma * rng.uniform(0.3, 1.1) + rng.gauss(0, 0.3)
        used.setdefault(role, channel)
        items.append(item(rng, channel, role, sigma))
    items.sort(key=lambda i: -abs(i.sigma))
    faults = rng.sample(FAULTS, rng.randint(2, 4)) if easy else fault_list(rng)
    return Case(rng.choice(MACHINES), faults, items[:MAX_ITEMS])
