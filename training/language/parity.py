"""Compares an exported graph with the checkpoint it came from: the largest difference of any logit on held-out pairs.

    python3 parity.py out/run1/last.pt out/fp32/model.onnx [pairs]

The graph runs token by token with its cache; torch runs the same tokens in one pass without a cache."""
import itertools
import json
import sys
from pathlib import Path

import torch

import cases
import tokenizer as bpe
from export import read_checkpoint
from onnx_runner import run

HELD_OUT = "parity"


def main(checkpoint, graph, count=8):
    tokenizer = bpe.load("out/tokenizer.json")
    model, _ = read_checkpoint(checkpoint)
    prompts = [[tokenizer.user] + tokenizer.encode(pair.prompt) + [tokenizer.end, tokenizer.assistant]
               for pair in itertools.islice(cases.stream(HELD_OUT), int(count))]
    result = run(graph, model.shape, tokenizer, prompts, max_new_tokens=160, logits_for=len(prompts))
    largest, agree, rows = 0.0, 0, 0
    for prompt, answer, logits in zip(prompts, result["answers"], result["logits"]):
        with torch.no_grad():
            expected, _ = model(torch.tensor([prompt + answer]))
        expected = expected[0, len(prompt) - 1:][:len(logits)]
        actual = torch.tensor(logits)
        largest = max(largest, (actual - expected).abs().max().item())
        agree += (actual.argmax(-1) == expected.argmax(-1)).sum().item()
        rows += len(logits)
    Path(graph).with_name("parity.json").write_text(json.dumps({"difference": largest, "agree": agree, "rows": rows}))
    print(f"{graph}: largest logit difference {largest:.3g}, same best token at {agree} of {rows} positions")


if __name__ == "__main__":
    main(*sys.argv[1:])
