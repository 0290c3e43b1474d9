"""The deterministic teacher: how well each fault's signature fits the evidence."""
from dataclasses import dataclass

from evidence import SIGN
from library import SIGNATURES, UNKNOWN

FIT_NEEDED = 0.3       # a fit below this explains nothing
MOVE_NEEDED = 0.4      # at least one role must have moved this far the way the signature says (about 2 sigma)
NEAR = 0.6             # two faults whose fits are closer than this cannot be told apart with confidence


@dataclass(frozen=True)
class Verdict:
    fault: str      # an id from the case's list, or unknown
    pattern: str    # the best fit in the whole library, or unknown; differs from fault when it is not in the list
    runner_up: str  # the next best fit in the case's list when it is near, else ""


def strongest(items):
    """The strongest item of each role."""
    by_role = {}
    for item in items:
        if item.role not in by_role or abs(item.sigma) > abs(by_role[item.role].sigma):
            by_role[item.role] = item
    return by_role


def softened(sigma):
    """A deviation as a move in -1..1: noise counts for almost nothing, 2.5 sigma for a half, a big one for all."""
    return sigma * abs(sigma) / (sigma * sigma + 2.5 * 2.5)


def fit(signature, by_role):
    """Sum over roles, in [-1, 1] per role: a matching move counts for the fault, a missing one a little against it,
    a move the wrong way much against it, and a move that the fault does not explain somewhat against it."""
    total, best_move = 0.0, 0.0
    for role, item in by_role.items():
        move = softened(item.sigma)
        if role not in signature:
            total -= (0.2 if "temperature" in role else 0.4) * abs(move)
            continue
        sign = SIGN[signature[role]]
        if sign == 0:
            total += 0.15 - 0.95 * abs(move)
            continue
        along = sign * move
        best_move = max(best_move, along)
        total += along * (1.35 if along > 0 else 1.5) - 0.35
    return total, best_move


def judge(case):
    by_role = strongest(case.items)
    fits = {}
    for fault, signature in SIGNATURES.items():
        total, best_move = fit(signature, by_role)
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
