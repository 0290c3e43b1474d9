"""Writes the answer that the language model learns: one line of JSON that names channels and copies numbers."""
import json

import bearing_phrases
import phrases
from evidence import SIGN
from library import BEARING, UNKNOWN
from phrases import NO_FIT, NO_MOVE, UNLISTED
from vocabulary import judged, matches, words

SUMMARY_LIMIT = 120
EXPLANATION_LIMIT = 400
MOVED = 2.5   # sigmas from which a channel "fell" or "rose"
CALM = 1.2    # sigmas below which a channel "is normal"


def tables(case):
    """The words for this machine's faults."""
    return bearing_phrases if case.library == BEARING else phrases


def quoted(item):
    return f"`{item.channel}` {words(item.statistic)}".rstrip()


def shows(items, key, direction):
    """Whether the evidence shows this direction; between calm and moved a channel leans that way."""
    item = judged(key, items)
    if item is None or direction == "dominant":
        return item is not None and item.dominant
    if direction == "steady":
        return abs(item.sigma) < CALM
    return SIGN[direction] * item.sigma >= CALM


def moved(rng, item):
    if abs(item.sigma) >= MOVED:
        return rng.choice(["rose", "went up"]) if item.sigma > 0 else rng.choice(["fell", "went down"])
    return "is slightly high" if item.sigma > 0 else "is slightly low"


def amount(item, number):
    """A number as the evidence prints it, without its sign; units that hold a digit are left out."""
    text = ("minus " if number.startswith("-") else "") + number.lstrip("+-")
    return text if not item.unit or any(c.isnumeric() for c in item.unit) else f"{text} {item.unit}"


def change(rng, item):
    value, normal = amount(item, item.value_text), amount(item, item.baseline_text)
    verb = ("rose" if item.sigma > 0 else "fell") if abs(item.sigma) >= MOVED else "is"
    if verb == "is":
        return f"{quoted(item)} is at {value}, normal {normal}"
    return rng.choice([f"{quoted(item)} {verb} to {value} from normal {normal}",
                       f"{quoted(item)} {verb} to {value}, normal {normal}"])


def distance(item):
    side = "above" if item.sigma > 0 else "below"
    return f"{item.sigma_text.lstrip('+-')} sigma {side} normal"


def speaks(item, signature):
    """Whether the item does what one of the signature's signs says."""
    return any(matches(key, item) and (item.dominant if way == "dominant" else SIGN[way] * item.sigma >= CALM)
               for key, way in signature.items())


def relevant(case, fault):
    """The items that speak for the fault, strongest first but a dominant line before all; any that moved if there is no
    fault."""
    items = sorted(case.items, key=lambda item: not item.dominant)
    signature = case.library.signatures.get(fault)
    if signature is None:
        return [i for i in items if abs(i.sigma) >= MOVED] or items[:1]
    return [i for i in items if speaks(i, signature)] or items[:1]


def summary(rng, case, verdict, items):
    first = items[0]
    if verdict.fault == UNKNOWN:
        if abs(first.sigma) < MOVED:
            return [f"No clear fault: {change(rng, first)}."]
        return [rng.choice([f"{change(rng, first)}, and no listed fault explains it.",
                            f"No listed fault fits: {change(rng, first)}."]),
                f"No listed fault fits: {quoted(first)} is at {amount(first, first.value_text)}."]
    title = rng.choice(tables(case).TITLES[verdict.fault])
    start = title[0].upper() + title[1:]
    verb = ("rose" if first.sigma > 0 else "fell")
    short = f"{start}: {quoted(first)} {verb} to {amount(first, first.value_text)}."
    options = [f"{start}: {change(rng, first)}.", f"{change(rng, first)}, which points to {title}.", short]
    if len(items) > 1 and abs(items[1].sigma) >= MOVED and abs(first.sigma) >= MOVED:
        second = items[1]
        also = "rose" if second.sigma > 0 else "fell"
        options.append(f"{start}: {quoted(first)} {verb} to {amount(first, first.value_text)} and "
                       f"{quoted(second)} {also} to {amount(second, second.value_text)}.")
    rng.shuffle(options)
    return options + [short, f"{start} is likely, see {quoted(first)}."]


def deviation_sentence(rng, items):
    first, rest = items[0], [i for i in items[1:] if abs(i.sigma) >= MOVED]
    text = change(rng, first)
    if rest and rng.random() < 0.75:
        second = rest[0]
        joint = ", and " if rng.random() < 0.7 else ", while "
        return text + joint + change(rng, second) + "."
    return f"{text}, {distance(first)}."


def onset_sentence(rng, items):
    started = sorted((i for i in items if i.onset is not None and abs(i.sigma) >= CALM), key=lambda i: -i.onset)
    if not started:
        return None
    first = started[0]
    if len(started) > 1 and started[1].onset < first.onset:
        second = started[1]
        return rng.choice([
            f"{quoted(first)} left its normal band first, {first.onset} s before the alarm, "
            f"then {quoted(second)} at {second.onset} s.",
            f"It began with {quoted(first)}, {first.onset} s before the alarm."])
    return rng.choice([f"{quoted(first)} left its normal band {first.onset} s before the alarm.",
                       f"{quoted(first)} has been off for {first.onset} s."])


def mechanism(rng, case, fault):
    for needs, sentences in tables(case).MECHANISM[fault]:
        if all(shows(case.items, key, way) for key, way in needs):
            return rng.choice(sentences)
    raise AssertionError(f"{fault} has no sentence for every case")


def contrast(rng, case, verdict):
    """Why it is not the look-alike; where the runner-up is near and nothing speaks against it, it stays possible."""
    fitting = [row for row in tables(case).CONTRAST[verdict.fault] if shows(case.items, row[0], row[1])]
    if verdict.runner_up:
        against = [row for row in fitting if row[2] == verdict.runner_up]
        if not against:
            return hedge(case, verdict)
        fitting = against
    if not fitting:
        return None
    key, _, _, sentence = fitting[0] if rng.random() < 0.7 else rng.choice(fitting)
    item = judged(key, case.items)
    return sentence.format(c=quoted(item), moved=moved(rng, item))


def hedge(case, verdict):
    ours, theirs = case.library.signatures[verdict.fault], case.library.signatures[verdict.runner_up]
    title = tables(case).TITLES[verdict.runner_up][0]
    title = title[0].upper() + title[1:]
    told = tables(case).KEY_WORDS
    telling = [key for key in told if ours.get(key) != theirs.get(key)
               and {ours.get(key), theirs.get(key)} & {"up", "down", "dominant"}]
    missing = [key for key in telling if judged(key, case.items) is None]
    if missing:
        return f"{title} stays possible, as there is no {told[missing[0]]} to tell them apart."
    return f"{title} stays possible, as the difference is small."


def explanation(rng, case, verdict, items):
    parts = [deviation_sentence(rng, items)]
    onset = onset_sentence(rng, items)
    if onset and rng.random() < 0.9:
        parts.append(onset)
    if verdict.fault != UNKNOWN:
        parts.append(mechanism(rng, case, verdict.fault))
        parts.append(contrast(rng, case, verdict))
    elif verdict.pattern != UNKNOWN:
        parts.append(rng.choice(UNLISTED).format(pattern=tables(case).TITLES[verdict.pattern][0]))
    elif all(abs(i.sigma) < MOVED for i in case.items):
        parts.append(rng.choice(NO_MOVE))
    else:
        parts.append(rng.choice(NO_FIT))
    return [part for part in parts if part]


def shortened(parts, limit):
    """Drops the onset first, then whole sentences from the end, until the text fits."""
    parts = list(parts)
    while len(" ".join(parts)) > limit and len(parts) > 2:
        del parts[1 if len(parts) == 4 else -1]
    return " ".join(parts)


def answer(rng, case, verdict):
    pattern = verdict.fault if verdict.fault != UNKNOWN else verdict.pattern
    items = relevant(case, pattern)
    head = next(text for text in summary(rng, case, verdict, items) + ["See the explanation."]
                if len(text) <= SUMMARY_LIMIT)
    body = shortened(explanation(rng, case, verdict, items), EXPLANATION_LIMIT)
    return json.dumps({"fault": verdict.fault, "summary": head, "explanation": body},
                      ensure_ascii=False, separators=(",", ":"))
