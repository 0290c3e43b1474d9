"""Makes models/pump-language from a checkpoint: graph, config, tokenizer and manifest with golden answers.

    ONNXRUNTIME_NODE=... python3 package.py out/run1/last.pt --precision int8 --version 1.0.0 --created 2026-01-31T00:00:00Z
"""
import argparse
import hashlib
import json
import shutil
from pathlib import Path

import export
import tokenizer as bpe
from evidence import Case, Item
from library import FAULTS, MACHINE, ROOT
from onnx_runner import run

TARGET = ROOT / "models" / "pump-language"
CONTEXT_TOKENS, NEW_TOKENS = 832, 288
PRECISIONS = ["fp32", "int8", "int4"]
FILES = ["genai_config.json", "model.onnx", "tokenizer.json"]

# Three alarms written by hand: a partly closed outlet, a rough bearing, and nothing that fits.
GOLDEN = [
    [Item("Flow", "flow", "l/min", 27.12, 32.03, -6.3, "falling", 12),
     Item("Discharge pressure", "pressure", "bar", 3.41, 2.95, 5.1, "rising", 9),
     Item("Motor current", "current", "A", 4.02, 4.31, -2.6, "steady", 8),
     Item("Vibration 1", "vibration", "g", 0.0271, 0.0265, 0.7, "steady", None),
     Item("Voltage", "voltage", "V", 233.1, 232.6, 0.4, "steady", None)],
    [Item("Accelerometer1RMS", "vibration", "g", 0.0781, 0.0265, 14.2, "rising", 31),
     Item("Temperature", "motor-temperature", "°C", 79.4, 68.2, 8.9, "rising", 12),
     Item("Current", "current", "A", 2.61, 2.18, 4.4, "rising", 5),
     Item("Accelerometer2RMS", "vibration", "g", 0.0312, 0.0281, 3.1, "steady", 4),
     Item("Volume Flow RateRMS", "flow", "l/min", 31.9, 32.03, -0.3, "steady", None)],
    [Item("Supply voltage", "voltage", "V", 251.8, 232.6, 7.7, "rising", 6),
     Item("Flow", "flow", "l/min", 31.94, 32.03, -0.4, "steady", None),
     Item("Motor current", "current", "A", 4.29, 4.31, -0.2, "steady", None)],
]


def conversation(tokenizer, prompt):
    return [tokenizer.user] + tokenizer.encode(prompt) + [tokenizer.end, tokenizer.assistant]


def described(name):
    content = (TARGET / name).read_bytes()
    return {"path": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def table(rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def card(out, values):
    """The model card, with the figures that evaluate.py and parity.py left beside the graphs."""
    figures = {p: json.loads((out / p / "figures.json").read_text()) for p in PRECISIONS}
    parity = {p: json.loads((out / p / "parity.json").read_text()) for p in PRECISIONS}
    if {figures[p]["step"] for p in PRECISIONS} != {values["step"]}:
        raise SystemExit("the figures belong to another training step: run evaluate.py again")
    measures = list(figures["fp32"]["figures"])
    values["count"] = figures["fp32"]["count"]
    values["memory"] = round(figures[values["precision"]]["memoryMB"])
    values["figures"] = table([name] + [f"{100 * figures[p]['figures'][name]:.1f} %" for p in PRECISIONS]
                              for name in measures)
    values["parity"] = table([
        ["largest difference of a logit"] + [f"{parity[p]['difference']:.2g}" for p in PRECISIONS],
        ["same best token"] + [f"{parity[p]['agree']} of {parity[p]['rows']}" for p in PRECISIONS]])
    return Path(__file__).with_name("card.md").read_text(encoding="utf-8").format(**values)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("checkpoint")
    options.add_argument("--precision", default="int8", choices=PRECISIONS)
    options.add_argument("--version", required=True)
    options.add_argument("--sequence", type=int, default=1)
    options.add_argument("--created", required=True)
    options.add_argument("--out", type=Path, default="out", help="where the graphs and their figures lie")
    options.add_argument("--history", default="One training run from start to end.")
    options.add_argument("--tokenizer", default="out/tokenizer.json")
    args = options.parse_args()

    TARGET.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(args.tokenizer, TARGET / "tokenizer.json")
    tokenizer = bpe.load(args.tokenizer)
    model, saved = export.write(args.checkpoint, args.precision, TARGET / "model.onnx")
    shape = model.shape
    config = export.genai_config(shape, tokenizer)
    (TARGET / "genai_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")

    prompts = [Case(MACHINE, FAULTS, items).prompt() for items in GOLDEN]
    result = run(TARGET / "model.onnx", shape, tokenizer, [conversation(tokenizer, p) for p in prompts], NEW_TOKENS)
    answers = [tokenizer.decode(answer) for answer in result["answers"]]
    user, assistant, end = (tokenizer.tokens[i] for i in (tokenizer.user, tokenizer.assistant, tokenizer.end))
    manifest = {
        "format": 1, "name": "pump-language", "version": args.version, "sequence": args.sequence, "kind": "language",
        "created": args.created, "minAgent": "0.1.0", "targets": ["any"],
        "runtime": {"opset": export.OPSET, "memoryMB": 160, "providers": ["cpu"]},
        "files": [described(name) for name in FILES], "entry": "model.onnx", "evidenceVersion": 1, "license": "MIT",
        "notes": "Explains alarms of a centrifugal pump in English; trained from scratch on generated cases.",
        "language": {
            "config": "genai_config.json", "tokenizer": "tokenizer.json", "contextTokens": CONTEXT_TOKENS,
            "maxNewTokens": NEW_TOKENS, "systemPrompt": "",
            "chat": {"system": {"prefix": "", "suffix": ""}, "user": {"prefix": user, "suffix": end},
                     "assistant": {"prefix": assistant, "suffix": end}},
            "stop": [end], "languages": ["en"]},
        "selfTest": [{"prompt": p, "answer": a} for p, a in zip(prompts, answers)]}
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (TARGET / "manifest.json").write_text(text + "\n", encoding="utf-8")
    size = sum(file["size"] for file in manifest["files"])
    (TARGET / "README.md").write_text(card(args.out, {
        **vars(args), **vars(shape), "step": saved["step"], "bytes": f"{size:,}",
        "parameters": f"{sum(weight.numel() for name, weight in model.named_parameters() if 'verdict' not in name):,}"}),
        encoding="utf-8")
    for prompt, answer in zip(prompts, answers):
        print(prompt, answer, sep="\n", end="\n\n")
    print(f"step {saved['step']}, {size:,} bytes")


if __name__ == "__main__":
    main()
