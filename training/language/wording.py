"""Writes the answer that the language model learns: one line of JSON that names channels and copies numbers."""
import json

from evidence import SIGN
from library import SIGNATURES, UNKNOWN
from matcher import strongest
from phrases import CONTRAST, MECHANISM, NO_FIT, NO_MOVE, ROLE_WORDS, TITLES, UNLISTED

SUMMARY_LIMIT = 120
EXPLANATION_LIMIT = 400
MOVED = 2.5   # sigmas from which a channel "fell" or "rose"
CALM = 1.2    # sigmas below which a channel "is normal"


def quoted(item):
    return f"`{item.channel}`"


def shows(item, direction):
    """Whether the evidence shows this direction; between calm and moved a channel leans that way."""
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


def relevant(items, fault):
    """The items that speak for the fault, strongest first; any that moved if there is no fault."""
    signature = SIGNATURES.get(fault)
    if signature is None:
        return [i for i in items if abs(i.sigma) >= MOVED] or items[:1]
    return [i for i in items if SIGN[signature.get(i.role, "steady")] * i.sigma >= CALM] or items[:1]


def summary(rng, case, verdict, items):
    first = items[0]
    if verdict.fault == UNKNOWN:
        if abs(first.sigma) < MOVED:
            return [f"No clear fault: {change(rng, first)}."]
        return [rng.choice([f"{change(rng, first)}, and no listed fault explains it.",
                            f"No listed fault fits: {change(rng, first)}."]),
                f"No listed fault fits: {quoted(first)} is at {amount(first, first.value_text)}."]
    title = rng.choice(TITLES[verdict.fault])
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


def mechanism(rng, fault, by_role):
    for needs, sentences in MECHANISM[fault]:
        if all(role in by_role and shows(by_role[role], way) for role, way in needs):
            return rng.choice(sentences)
    raise AssertionError(f"{fault} has no sentence for every case")


def contrast(rng, verdict, by_role):
    """Why it is not the look-alike; where the runner-up is near and nothing speaks against it, it stays possible."""
    fitting = [row for row in CONTRAST[verdict.fault] if row[0] in by_role and shows(by_role[row[0]], row[1])]
    if verdict.runner_up:
        against = [row for row in fitting if row[2] == verdict.runner_up]
        if not against:
            return hedge(verdict, by_role)
        fitting = against
    if not fitting:
        return None
    role, _, _, sentence = fitting[0] if rng.random() < 0.7 else rng.choice(fitting)
    return sentence.format(c=quoted(by_role[role]), moved=moved(rng, by_role[role]))


def hedge(verdict, by_role):
    ours, theirs = SIGNATURES[verdict.fault], SIGNATURES[verdict.runner_up]
    title = TITLES[verdict.runner_up][0]
    title = title[0].upper() + title[1:]
    telling = [role for role in ROLE_WORDS if ours.get(role) != theirs.get(role)
               and {ours.get(role), theirs.get(role)} & {"up", "down"}]
    missing = [role for role in telling if role not in by_role]
    if missing:
        return f"{title} stays possible, as there is no {ROLE_WORDS[missing[0]]} channel to tell them apart."
    return f"{title} stays possible, as the difference is small."


def explanation(rng, case, verdict, items):
    by_role = strongest(case.items)
    parts = [deviation_sentence(rng, items)]
    onset = onset_sentence(rng, items)
    if onset and rng.random() < 0.9:
        parts.append(onset)
    if verdict.fault != UNKNOWN:
        parts.append(mechanism(rng, verdict.fault, by_role))
        parts.append(contrast(rng, verdict, by_role))
    elif verdict.pattern != UNKNOWN:
        parts.append(rng.choice(UNLISTED).format(pattern=TITLES[verdict.pattern][0]))
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
    items = relevant(case.items, pattern)
    head = next(text for text in summary(rng, case, verdict, items) + ["See the explanation."]
                if len(text) <= SUMMARY_LIMIT)
    body = shortened(explanation(rng, case, verdict, items), EXPLANATION_LIMIT)
    return json.dumps({"fault": verdict.fault, "summary": head, "explanation": body},
                      ensure_ascii=False, separators=(",", ":"))
