"""What one training example is: token ids, the loss weight of each, and the teacher's verdicts along the evidence."""
import random
from dataclasses import replace

import torch

import cases
import tokenizer as bpe
from library import ALL_FAULTS, UNKNOWN
from matcher import judge
from vocabulary import words

PROMPT_WEIGHT, COPY_WEIGHT, FAULT_WEIGHT = 0.1, 4.0, 10.0
POOL_BATCHES = 12          # pairs are sorted by length within a pool, so that batches need little padding
EASY_FACTOR = 2            # easy cases are half as long
DRILL_CHANNELS = 4
CLASSES = ALL_FAULTS + [UNKNOWN]
NEWLINE = bpe.LETTERS[ord("\n")]


def verdicts(tokenizer, case, head):
    """The teacher's verdict after each line of evidence: (position of the line's end, fault number)."""
    breaks = [at for at, token in enumerate(head) if tokenizer.tokens[token] == NEWLINE] + [len(head) - 2]
    ends = breaks[-len(case.items):]
    return [(end, CLASSES.index(judge(replace(case, items=case.items[:count + 1])).fault))
            for count, end in enumerate(ends)]


def weighed(tokenizer, tokens, plain):
    """Loss weights: copies of names and numbers, and the token that ends a copy, weigh most; other words `plain`."""
    weights, quoted, number = [], False, False
    for token in tokens:
        text = tokenizer.tokens[token]
        ends = number or quoted and text == "`"
        quoted ^= text == "`"
        number = not quoted and (text.isdigit() or number and text == ".")
        weights.append(COPY_WEIGHT if quoted and text != "`" or number or ends else plain)
    return weights


def drill(pair):
    """A list of which channel has which role, in another order than the evidence: it follows the answer in training
    only and practises finding a channel's name by its role."""
    items = list({(item.role, item.statistic): item for item in reversed(pair.case.items)}.values())
    random.Random(pair.prompt).shuffle(items)
    return "".join(f" {' '.join(filter(None, [item.role, words(item.statistic)]))} `{item.channel}`"
                   for item in items[:DRILL_CHANNELS])


def example(tokenizer, pair):
    """Token ids of one conversation, the loss weight of each as a target, and the verdicts along the evidence."""
    head = [tokenizer.user] + tokenizer.encode(pair.prompt) + [tokenizer.end, tokenizer.assistant]
    body = tokenizer.encode(pair.answer) + [tokenizer.end]
    extra = tokenizer.encode(drill(pair))
    weights = [PROMPT_WEIGHT] * len(head) + weighed(tokenizer, body, 1.0) + weighed(tokenizer, extra, PROMPT_WEIGHT)
    start = len(head) + len(tokenizer.encode('{"fault":"'))
    weights[start] = FAULT_WEIGHT      # the first token of the id decides it
    return head + body + extra, weights, verdicts(tokenizer, pair.case, head)


def batches(tokenizer, seed, size, easy_steps, skip):
    """Endless lists of examples, easy cases first; skip drops the steps that an interrupted run has already seen."""
    rng = random.Random(f"pump-language {seed}")
    order = torch.Generator().manual_seed(seed)
    count = 0
    while True:
        easy = count < easy_steps
        pool = [cases.mixed(rng, easy) for _ in range(size * (EASY_FACTOR if easy else 1) * POOL_BATCHES)]
        shuffled = torch.randperm(POOL_BATCHES, generator=order).tolist()
        if count + POOL_BATCHES <= skip:
            count += POOL_BATCHES
            continue
        rows = sorted((example(tokenizer, pair) for pair in pool), key=lambda row: len(row[0]))
        for at in shuffled:
            count += 1
            if count > skip:
                share = len(rows) // POOL_BATCHES
                yield rows[at * share:(at + 1) * share]


def padded(rows, pad):
    length = max(len(row) for row, _, _ in rows)
    ids = torch.full((len(rows), length), pad)
    weights = torch.zeros(len(rows), length)
    for i, (row, row_weights, _) in enumerate(rows):
        ids[i, :len(row)] = torch.tensor(row)
        weights[i, :len(row)] = torch.tensor(row_weights)
    marks = torch.tensor([(i, end, fault) for i, (_, _, ends) in enumerate(rows) for end, fault in ends])
    return ids, weights, marks
