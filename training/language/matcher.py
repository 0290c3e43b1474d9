"""The deterministic teacher: how well each fault's signature fits the evidence."""
from dataclasses import dataclass

from evidence import SIGN
from library import UNKNOWN
from vocabulary import judged

FIT_NEEDED = 0.3       # a fit below this explains nothing
MOVE_NEEDED = 0.4      # at least one role must have moved this far the way the signature says (about 2 sigma)
DOMINANT = 1.9         # a defect line that dominates tells more than any other sign
UNNAMED_LINE = 1.2     # and speaks against a fault that does not explain it
NEAR = 0.6             # two faults whose fits are closer than this cannot be told apart with confidence


@dataclass(frozen=True)
class Verdict:
    fault: str      # an id from the case's list, or unknown
    pattern: str    # the best fit in the whole library, or unknown; differs from fault when it is not in the list
    runner_up: str  # the next best fit in the case's list when it is near, else ""


def softened(sigma):
    """A deviation as a move in -1..1: noise counts for almost nothing, 2.5 sigma for a half, a big one for all."""
    return sigma * abs(sigma) / (sigma * sigma + 2.5 * 2.5)


def fit(signature, items):
    """Sum over signs, in [-1, 1] per sign: a matching move counts for the fault, a missing one a little against it,
    a move the wrong way much against it, and a move that the fault does not explain somewhat against it."""
    total, best_move = 0.0, 0.0
    for key, way in signature.items():
        item = judged(key, items)
        if way == "dominant":
            along = softened(item.sigma) if item and item.dominant else 0
            best_move = max(best_move, along)
            total += DOMINANT * along - 0.35 if along else -0.95
        elif item and way == "steady":
            total += 0.15 - 0.95 * abs(softened(item.sigma))
        elif item:
            along = SIGN[way] * softened(item.sigma)
            best_move = max(best_move, along)
            total += along * (1.35 if along > 0 else 1.5) - 0.35
    explained = {key.partition("/")[0] for key in signature}
    for role in {item.role for item in items} - explained:
        move = max(abs(softened(item.sigma)) for item in items if item.role == role)
        total -= (0.2 if "temperature" in role else 0.4) * move
    lines = [item for item in items if item.dominant
             and signature.get(f"{item.role}/{item.statistic}") != "dominant"]
    total -= UNNAMED_LINE * max((softened(item.sigma) for item in lines), default=0)
    return total, best_move


def judge(case):
    fits = {}
    for fault, signature in case.library.signatures.items():
        total, best_move = fit(signature, case.items)
        if total >= FIT_NEEDED and best_move >= MOVE_NEEDED:
            fits[fault] = total
    if not fits:
        return Verdict(UNKNOWN, UNKNOWN, "")
    ranked = sorted(fits, key=lambda fault: -fits[fault])
    pattern = ranked[0]
    if pattern not in case.faults:
        return Verdict(UNKNOWN, pattern, "")
    near = [f for f in ranked[1:] if f in case.faults and fits[pattern] - fits[f] < NEAR]
    return Verdict(pattern, pattern, near[0] if near else "")
