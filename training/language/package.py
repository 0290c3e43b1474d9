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
from library import BEARING, PUMP, ROOT
from onnx_runner import run

TARGET = ROOT / "models" / "pump-language"
CONTEXT_TOKENS, NEW_TOKENS = 832, 300
PRECISIONS = ["fp32", "int8", "int4"]
FILES = ["genai_config.json", "model.onnx", "tokenizer.json"]

EVIDENCE_VERSION = 2


def line(channel, statistic, unit, value, normal, sigma, onset=None, dominant=False):
    """An item of a vibration channel."""
    trend = "rising" if sigma >= 3 else "steady"
    return Item(channel, "vibration", unit, value, normal, sigma, trend, onset, statistic, dominant)


# Alarms written by hand. A pump: a partly closed outlet, a rough bearing, and nothing that fits. A bearing: a pitted outer
# race, an imbalance, and impacts without a leading line.
GOLDEN = [
    (PUMP, [
        Item("Flow", "flow", "l/min", 27.12, 32.03, -6.3, "falling", 12),
        Item("Discharge pressure", "pressure", "bar", 3.41, 2.95, 5.1, "rising", 9),
        Item("Motor current", "current", "A", 4.02, 4.31, -2.6, "steady", 8),
        Item("Vibration 1", "vibration", "g", 0.0271, 0.0265, 0.7, "steady", None),
        Item("Voltage", "voltage", "V", 233.1, 232.6, 0.4, "steady", None)]),
    (PUMP, [
        Item("Accelerometer1RMS", "vibration", "g", 0.0781, 0.0265, 14.2, "rising", 31),
        Item("Temperature", "motor-temperature", "°C", 79.4, 68.2, 8.9, "rising", 12),
        Item("Current", "current", "A", 2.61, 2.18, 4.4, "rising", 5),
        Item("Accelerometer2RMS", "vibration", "g", 0.0312, 0.0281, 3.1, "steady", 4),
        Item("Volume Flow RateRMS", "flow", "l/min", 31.9, 32.03, -0.3, "steady", None)]),
    (PUMP, [
        Item("Supply voltage", "voltage", "V", 251.8, 232.6, 7.7, "rising", 6),
        Item("Flow", "flow", "l/min", 31.94, 32.03, -0.4, "steady", None),
        Item("Motor current", "current", "A", 4.29, 4.31, -0.2, "steady", None)]),
    (BEARING, [
        line("Drive end", "rms", "g", 0.412, 0.073, 41.2, 3),
        line("Drive end", "kurtosis", "", 7.41, 2.93, 18.6, 3),
        line("Drive end", "peak", "g", 2.31, 0.28, 17.9, 3),
        line("Drive end", "bpfo", "dB", 17.2, 1.1, 9.4, 3, dominant=True),
        line("Fan end", "rms", "g", 0.121, 0.068, 8.8, 4),
        line("Drive end", "bsf", "dB", 5.4, 0.9, 2.6),
        line("Drive end", "shaft-1x", "g", 0.0112, 0.0108, 0.5)]),
    (BEARING, [
        line("Bearing A", "shaft-1x", "g", 0.041, 0.012, 21.5, 14),
        line("Bearing A", "velocity-rms", "mm/s", 5.2, 1.9, 16.3, 14),
        line("Bearing A", "rms", "g", 0.19, 0.13, 5.8, 12),
        line("Bearing A", "kurtosis", "", 2.91, 3.02, -0.6),
        line("Bearing A", "shaft-2x", "g", 0.013, 0.012, 0.4)]),
    (BEARING, [
        line("VT-12", "kurtosis", "", 9.8, 3.1, 24.1, 7),
        line("VT-12", "peak", "m/s2", 41.0, 12.5, 15.2, 7),
        line("VT-12", "rms", "m/s2", 4.6, 2.8, 6.4, 6),
        line("VT-12", "shaft-1x", "m/s2", 0.31, 0.29, 0.6)]),
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
    parity = {p: json.loads((out / p / "parity.json").read_text()) for p in PRECISIONS}
    for machine, suffix in (("pump", ""), ("bearing", "-bearing")):
        figures = {p: json.loads((out / p / f"figures{suffix}.json").read_text()) for p in PRECISIONS}
        if {figures[p]["step"] for p in PRECISIONS} != {values["step"]}:
            raise SystemExit("the figures belong to another training step: run evaluate.py again")
        values["count"] = figures["fp32"]["count"]
        values["memory"] = round(figures[values["precision"]]["memoryMB"])
        values[machine] = table([name] + [f"{100 * figures[p]['figures'][name]:.1f} %" for p in PRECISIONS]
                                for name in figures["fp32"]["figures"])
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
    options.add_argument("--history", default="The weights come from one training run from start to end.")
    options.add_argument("--before", default="", help="what the figures compare with, a paragraph of the card")
    options.add_argument("--tokenizer", default="out/tokenizer.json")
    args = options.parse_args()

    TARGET.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(args.tokenizer, TARGET / "tokenizer.json")
    tokenizer = bpe.load(args.tokenizer)
    model, saved = export.write(args.checkpoint, args.precision, TARGET / "model.onnx")
    shape = model.shape
    config = export.genai_config(shape, tokenizer)
    (TARGET / "genai_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")

    prompts = [Case(library.machine, library.faults, items, library).prompt() for library, items in GOLDEN]
    result = run(TARGET / "model.onnx", shape, tokenizer, [conversation(tokenizer, p) for p in prompts], NEW_TOKENS)
    answers = [tokenizer.decode(answer) for answer in result["answers"]]
    user, assistant, end = (tokenizer.tokens[i] for i in (tokenizer.user, tokenizer.assistant, tokenizer.end))
    manifest = {
        "format": 1, "name": "pump-language", "version": args.version, "sequence": args.sequence, "kind": "language",
        "created": args.created, "minAgent": "0.1.0", "targets": ["any"],
        "runtime": {"opset": export.OPSET, "memoryMB": 160, "providers": ["cpu"]},
        "files": [described(name) for name in FILES], "entry": "model.onnx", "evidenceVersion": EVIDENCE_VERSION, "license": "MIT",
        "notes": "Explains alarms of a centrifugal pump or a rolling bearing in English; trained on generated cases.",
        "language": {
            "config": "genai_config.json", "tokenizer": "tokenizer.json", "contextTokens": CONTEXT_TOKENS,
            "maxNewTokens": NEW_TOKENS, "systemPrompt": "",
            "chat": {"system": {"prefix": "", "suffix": ""}, "user": {"prefix": user, "suffix": end},
                     "assistant": {"prefix": assistant, "suffix": end}},
            "stop": [end], "languages": ["en"]},
        "selfTest": {"prompts": [{"prompt": p, "answer": a} for p, a in zip(prompts, answers)]}}
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
