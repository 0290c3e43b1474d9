"""Measures an exported graph on held-out generated alarms: plain greedy decoding, nothing constrained or repaired.

    ONNXRUNTIME_NODE=... python3 evaluate.py out/run1/last.pt out/int8/model.onnx [alarms [pump | bearing]]

"grounded" figures count an answer as right only if all of its numbers or channels are right."""
import collections
import itertools
import json
import re
import sys
from pathlib import Path

import bearings
import cases
import tokenizer as bpe
from export import read_checkpoint
from library import ALL_FAULTS
from onnx_runner import run
from vocabulary import STATISTICS, words
from wording import CALM, quoted, relevant

HELD_OUT = "held out 1"
MACHINES = {"pump": cases.evidence, "bearing": bearings}
NAMED = sorted(filter(None, map(words, STATISTICS)), key=len, reverse=True)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
PLACES = [(re.compile(r"(?:rose|fell|is at|went up|went down)(?: to)? (?:minus )?(\d+(?:\.\d+)?)"), "value"),
          (re.compile(r"normal (?:minus )?(\d+(?:\.\d+)?)"), "baseline"),
          (re.compile(r"(\d+(?:\.\d+)?) sigma"), "sigma"),
          (re.compile(r"(\d+(?:\.\d+)?) s\b"), "onset")]
WAYS = [(re.compile(r"^ (?:rose|went up|is slightly high)|\d sigma above"), 1),
        (re.compile(r"^ (?:fell|went down|is slightly low)|\d sigma below"), -1)]


BEHIND = "(?: (?:" + "|".join(NAMED) + "))?"
FIRST = re.compile(rf"(`[^`]*`{BEHIND}) left its normal band first|It began with (`[^`]*`{BEHIND})")


def printed(item):
    """The item's numbers as the prompt shows them, without sign."""
    texts = {"value": item.value_text, "baseline": item.baseline_text, "sigma": item.sigma_text,
             "onset": str(item.onset) if item.onset is not None else ""}
    return {kind: text.lstrip("+-") for kind, text in texts.items()}


def parsed(text):
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        return None
    if not isinstance(document, dict) or list(document) != ["fault", "summary", "explanation"]:
        return None
    return document if all(isinstance(value, str) for value in document.values()) else None


def segments(text):
    """Cuts a text into (channel and statistic, what follows them up to the next channel or the end of the sentence)."""
    parts = text.split("`")
    for i in range(1, len(parts) - 1, 2):
        rest = re.split(r"[.:] (?=[A-Z`])|$", parts[i + 1])[0]
        statistic = next((name for name in NAMED if re.match(rf" {name}(?![a-z])", rest)), "")
        yield f"`{parts[i]}` {statistic}".rstrip(), rest[len(statistic) + 1 if statistic else 0:]


def first_is_true(pair, document):
    """Whether the channel that is said to have moved first has the earliest onset of those that speak for the fault."""
    said = FIRST.findall(document["explanation"])
    pattern = document["fault"] if document["fault"] in ALL_FAULTS else pair.verdict.pattern
    onsets = {quoted(i): i.onset for i in relevant(pair.case, pattern)
              if i.onset is not None and abs(i.sigma) >= CALM}
    named = [channel for either in said for channel in either if channel]
    return all(channel in onsets and onsets[channel] == max(onsets.values()) for channel in named)


def check(pair, text):
    """The measures of one answer, each True or False; None where it does not apply."""
    document = parsed(text)
    marks = {"valid JSON": document is not None}
    if document is None:
        return marks | dict.fromkeys(["fault", "numbers in evidence", "channels in evidence", "numbers of their channel",
                                      "numbers in their place", "directions", "what came first",
                                      "within length"], False)
    items = {quoted(item): item for item in pair.case.items}
    channels = {item.channel for item in pair.case.items}
    numbers = {number for item in items.values() for number in printed(item).values() if number}
    texts = [document["summary"], document["explanation"]]
    outside = [piece for t in texts for piece in t.split("`")[0::2]]
    named = [piece for t in texts for piece in t.split("`")[1::2]]
    cut = [segment for t in texts for segment in segments(t)]
    marks["fault"] = document["fault"] == pair.verdict.fault
    marks["numbers in evidence"] = all(n in numbers for piece in outside for n in NUMBER.findall(piece))
    marks["channels in evidence"] = all(name in channels for name in named) and all(t.count("`") % 2 == 0 for t in texts)
    marks["numbers of their channel"] = all(
        channel in items and n in printed(items[channel]).values() for channel, rest in cut for n in NUMBER.findall(rest))
    marks["numbers in their place"] = all(
        channel in items and n == printed(items[channel])[kind]
        for channel, rest in cut for pattern, kind in PLACES for n in pattern.findall(rest))
    marks["directions"] = all(channel in items and way * items[channel].sigma > 0
                              for channel, rest in cut for pattern, way in WAYS if pattern.search(rest))
    marks["what came first"] = first_is_true(pair, document)
    marks["within length"] = len(texts[0]) <= 120 and len(texts[1]) <= 400
    marks["all of these"] = all(marks.values())
    if not pair.verdict.runner_up:
        marks["fault where no other is near"] = marks["fault"]
    return marks


def measure(pairs, texts):
    totals, counts = collections.Counter(), collections.Counter()
    for pair, text in zip(pairs, texts):
        for name, right in check(pair, text).items():
            counts[name] += 1
            totals[name] += right
    counts["all of these"] = len(pairs)
    return {name: totals[name] / counts[name] for name in counts}


def main(checkpoint, graph, count=500, machine="pump", show=0):
    tokenizer = bpe.load("out/tokenizer.json")
    model, saved = read_checkpoint(checkpoint)
    pairs = list(itertools.islice(cases.stream(HELD_OUT, MACHINES[machine]), int(count)))
    references = measure(pairs, [pair.answer for pair in pairs])
    assert all(value == 1 for value in references.values()), references
    prompts = [[tokenizer.user] + tokenizer.encode(pair.prompt) + [tokenizer.end, tokenizer.assistant] for pair in pairs]
    result = run(graph, model.shape, tokenizer, prompts)
    texts = [tokenizer.decode(answer) for answer in result["answers"]]
    print(f"{graph}, step {saved['step']}, {len(pairs)} held-out alarms of a {machine}, {result['tokens']} tokens in "
          f"{result['seconds']:.0f} s, {result['memoryMB']:.0f} MB more resident memory")
    figures = measure(pairs, texts)
    for name, value in figures.items():
        print(f"  {name:32} {100 * value:5.1f} %")
    suffix = "" if machine == "pump" else f"-{machine}"
    Path(graph).with_name(f"answers{suffix}.json").write_text(json.dumps(
        [{"prompt": pair.prompt, "expected": pair.answer, "answer": text} for pair, text in zip(pairs, texts)],
        ensure_ascii=False, indent=1))
    Path(graph).with_name(f"figures{suffix}.json").write_text(json.dumps(
        {"step": saved["step"], "count": len(pairs), "memoryMB": result["memoryMB"], "figures": figures}, indent=1))
    wrong = collections.Counter((pair.verdict.fault, (parsed(text) or {}).get("fault")) for pair, text in zip(pairs, texts))
    for (expected, got), times in wrong.most_common():
        if expected != got and times > 1:
            print(f"    {times} x {expected} taken for {got}")
    for pair, text in list(zip(pairs, texts))[:int(show)]:
        print(pair.prompt, pair.answer, text, sep="\n", end="\n\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
