"""A seeded, endless stream of training pairs: prompt, answer, and what the answer was made from."""
import random
from dataclasses import dataclass

import bearings
import evidence
import matcher
import wording
from library import UNKNOWN


@dataclass(frozen=True)
class Pair:
    case: evidence.Case
    verdict: matcher.Verdict
    prompt: str
    answer: str


def pair(rng, easy=False, machine=evidence):
    """machine: the module that samples alarms, `evidence` for the pump or `bearings`."""
    while True:
        case = machine.sample(rng, easy)
        verdict = matcher.judge(case)
        if verdict.fault != UNKNOWN or rng.random() < 0.4:   # parts of the fault list make "unknown" too common
            return Pair(case, verdict, case.prompt(), wording.answer(rng, case, verdict))


def mixed(rng, easy=False):
    """An alarm to train on: pumps and bearings come equally often."""
    return pair(rng, easy, rng.choice([evidence, bearings]))


def stream(seed, machine=evidence):
    """Streams with different seeds do not overlap; the held-out sets use seeds that no training run uses."""
    rng = random.Random(f"pump-language {seed}")
    while True:
        yield pair(rng, machine=machine)
