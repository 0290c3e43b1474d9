"""Evidence of one alarm of a rolling bearing: several statistics of each vibration channel, and the shaft around it."""
import math
from dataclasses import replace

import channels
import evidence
from evidence import MAX_ITEMS, SIGN, Case, Item
from library import BEARING, UNKNOWN
from vocabulary import DEFECT_LINES, MEAN, RMS, STATISTICS

MOVED_UP = 3            # sigmas from which a defect line counts as risen
MACHINES = [BEARING.machine] * 9 + ["bearing", "motor bearing"]
SHAFT_LINES = ["shaft-1x", "shaft-2x"]
OTHER_ROLES = ["motor-temperature", "motor-temperature", "current", "flow", "speed", "power"]
FOLLOWS = {"peak": 0.8, "velocity-rms": 0.4, "crest-factor": 0.3, "kurtosis": 0.3, "shaft-1x": 0.1, "shaft-2x": 0.08}
UNITS = {"crest-factor": "", "kurtosis": "", "velocity-rms": "mm/s", **dict.fromkeys(DEFECT_LINES, "dB")}


def known_statistics(rng):
    """What the machine can tell: without the bearing's geometry no defect lines, without the speed no shaft lines."""
    known = STATISTICS[1:]
    kind = rng.random()
    if kind < 0.20:
        known = [s for s in known if s not in DEFECT_LINES]
    elif kind < 0.30:
        known = [s for s in known if s not in DEFECT_LINES + SHAFT_LINES]
    elif kind < 0.40:
        known = rng.sample(known, rng.randint(2, 6))
    return known


def moves(rng, cause, known):
    """Deviation in sigmas by statistic of the channel next to the fault. A cause shows only in part."""
    signature = BEARING.signatures.get(cause, {})
    hide, noise = rng.choice([0.0, 0.05, 0.2, 0.5]), rng.choice([0.4, 0.7, 1.0])
    level = signature.get("vibration", "steady")
    by_statistic = {}
    for statistic in known:
        way = signature.get("vibration" if statistic == RMS else f"vibration/{statistic}")
        if way is None and level == "up" and rng.random() < FOLLOWS.get(statistic, 0.05):
            way = "up"
        sign = 1 if way == "dominant" else SIGN[way or "steady"]
        if cause == UNKNOWN and rng.random() < 0.3:
            sign = rng.choice([-1, 1, 1])
        if sign and rng.random() >= (hide / 2 if way == "dominant" else hide):
            by_statistic[statistic] = sign * 3.2 * (rng.choice([6, 20, 60]) ** rng.random())
        elif sign and rng.random() < 0.6:
            by_statistic[statistic] = sign * rng.uniform(0.2, 2.3)
        else:
            by_statistic[statistic] = rng.gauss(0, noise)
            if rng.random() < 0.04:
                by_statistic[statistic] = rng.choice([-1, 1]) * rng.uniform(2.5, 9)
    return by_statistic


def normal_level(rng, statistic, unit, rms):
    if statistic == "crest-factor":
        return unit, rng.uniform(2.6, 6)
    if statistic == "kurtosis":
        return unit, rng.uniform(2.5, 4.6)
    if statistic == "velocity-rms":
        return unit, 0.2 * 40 ** rng.random()
    if statistic in DEFECT_LINES:
        return unit, rng.uniform(-3, 13)
    return unit, rms * {RMS: 1, "peak": rng.uniform(2.5, 6)}.get(statistic, rng.uniform(0.02, 0.7))


def item(rng, channel, statistic, unit, rms, sigma):
    unit, baseline = normal_level(rng, statistic, UNITS.get(statistic, unit), rms)
    if abs(sigma) < 2:
        change = rng.choice([0.002, 0.01, 0.03, 0.08]) * rng.random()
    elif statistic == "crest-factor":
        change = 0.08 * 20 ** rng.random()
    else:
        change = 0.05 * (60 if sigma > 0 else 12) ** rng.random()
    value = baseline + math.copysign(abs(baseline) * change, sigma)
    if statistic in DEFECT_LINES:
        value = baseline + math.copysign(rng.uniform(0, 1.5) if abs(sigma) < 2 else rng.uniform(1.5, 22), sigma)
    trend, onset = evidence.course(rng, sigma)
    return Item(channel, "vibration", unit, value, baseline, sigma, trend, onset, statistic)


def lead(rng, cause, items):
    """The cause's own line mostly leads: then its value is above those of the other lines."""
    signs = BEARING.signatures.get(cause, {})
    own = [i for i in items if signs.get(f"vibration/{i.statistic}") == "dominant" and i.sigma > 0]
    if not own or rng.random() < 0.08:
        return items
    top = max(i.value for i in items if i.statistic in DEFECT_LINES)
    raised = [replace(i, value=max(i.value, top + rng.uniform(0.3, 9))) for i in own]
    return [raised[own.index(i)] if i in own else i for i in items]


def dominants(items):
    """Marks the lines that have risen and are the strongest of their channel; returns (items, each channel's first line)."""
    lines = [i for i in items if i.statistic in DEFECT_LINES]
    risen = {i.channel for i in lines if i.sigma >= MOVED_UP}
    first = [max((i for i in lines if i.channel == channel), key=lambda i: i.value) for channel in sorted(risen)]
    return [replace(i, dominant=i in first and i.sigma >= MOVED_UP) for i in items], first


def shown(items):
    """What the prompt shows: each channel's first defect line if one has risen, then the strongest deviations."""
    marked, first = dominants(items)
    kept = {(i.channel, i.statistic) for i in first}
    ordered = sorted(marked, key=lambda i: -abs(i.sigma))
    ordered.sort(key=lambda i: (i.channel, i.statistic) not in kept)
    return sorted(ordered[:MAX_ITEMS], key=lambda i: -abs(i.sigma))


def sample(rng, easy=False):
    """One random alarm; the label is what the evidence supports, as for the pump."""
    cause = UNKNOWN if rng.random() < 0.07 else rng.choice(BEARING.faults)
    known = known_statistics(rng)
    unit = rng.choice(["g", "g", "g", "m/s2", "m/s²", "mg"])
    low, high = channels.UNITS["vibration"][unit]
    items, names = [], []
    for count in range(1 if easy else rng.choice([1, 1, 2, 2, 3])):
        name = channels.sibling(rng, names[-1]) if names and rng.random() < 0.4 else channels.name(rng, "vibration")
        while name in names:
            name = channels.name(rng, "vibration")
        names.append(name)
        rms = low * (high / low) ** rng.random()
        distance = 1 if count == 0 else rng.uniform(0.02, 0.9)
        made = [item(rng, name, s, unit, rms, distance * sigma) for s, sigma in moves(rng, cause, known).items()]
        items += lead(rng, cause, made) if count == 0 or rng.random() < 0.6 else made
    for _ in range(0 if easy else rng.choice([0, 0, 1, 1, 2, 3])):
        role = rng.choice(OTHER_ROLES)
        name = channels.name(rng, role)
        sign = SIGN[BEARING.signatures.get(cause, {}).get(role, "steady")]
        sigma = sign * 3.2 * 12 ** rng.random() if sign and rng.random() < 0.8 else rng.gauss(0, 0.8)
        if name not in names:
            names.append(name)
            items.append(evidence.item(rng, name, role, sigma))
    items = shown(items)
    if easy:
        items = [i for i in items if i.dominant] + [i for i in items if not i.dominant]
        items = sorted(items[:rng.randint(1, 3)], key=lambda i: -abs(i.sigma))
    faults = rng.sample(BEARING.faults, rng.randint(2, 4)) if easy else evidence.fault_list(rng, BEARING)
    return Case(rng.choice(MACHINES), faults, items, BEARING)
