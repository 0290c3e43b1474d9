"""Makes the tiny language packages that the tests run: real ONNX decoders with a KV cache and random weights.

    /usr/bin/python3 tests/LanguagePackages/make.py

float     two layers, logits for every position
half      one layer, float16 cache and logits, position_ids, logits for the last position only
slow      like float, but every run takes some milliseconds in a loop
hungry    like float, but a run on one token asks for 2 GiB
"""
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = Path(__file__).parent
SPECIALS = ["<|pad|>", "<|user|>", "<|assistant|>", "<|end|>"]
HIDDEN, HEADS, HEAD = 16, 2, 8
SLOW_ROUNDS = 2_500


def letters():
    kept = list(range(0x21, 0x7F)) + list(range(0xA1, 0xAD)) + list(range(0xAE, 0x100))
    table, extra = {b: chr(b) for b in kept}, 0x100
    for b in range(256):
        if b not in table:
            table[b], extra = chr(extra), extra + 1
    return [table[b] for b in range(256)]


def vocabulary():
    """Every byte, and a few merges: words of answers, and tokens that reach over the borders of the grammar."""
    table = letters()
    space = table[0x20]
    tokens, merges = SPECIALS + table, []
    for word in ["ration", "\":", "{\"", "ly", "\",\"", "27", "the", space + "s", "res", "Vib", "`F", ".1", "..", "su", "le", "ak\""]:
        left = word[0]
        for letter in word[1:]:
            if left + letter not in tokens:
                merges.append([left, letter])
                tokens.append(left + letter)
            left += letter
    return {token: i for i, token in enumerate(tokens)}, merges


def tokenizer(vocab, merges, pairs):
    added = [{"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
             for i, t in enumerate(SPECIALS)]
    return {"version": "1.0", "added_tokens": added, "normalizer": None,
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                {"type": "Digits", "individual_digits": True},
                {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]},
            "post_processor": None, "decoder": {"type": "ByteLevel"},
            "model": {"type": "BPE", "byte_fallback": False, "ignore_merges": False, "vocab": vocab,
                      "merges": merges if pairs else [f"{a} {b}" for a, b in merges]}}


class Graph:
    def __init__(self, seed):
        self.random, self.nodes, self.constants = np.random.RandomState(seed), [], []

    def constant(self, name, array):
        self.constants.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def weights(self, name, *shape):
        return self.constant(name, (self.random.standard_normal(shape) * 0.5).astype(np.float32))

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output


def layer(graph, i, x, element):
    """Every position sees the sum of all positions up to itself: enough to show a cache that is fed wrongly."""
    halves = []
    for half in ["key", "value"]:
        flat = graph.node("MatMul", [x, graph.weights(f"w{i}{half}", HIDDEN, HIDDEN)], f"flat{i}{half}")
        split = graph.node("Reshape", [flat, "heads"], f"split{i}{half}")
        new = graph.node("Transpose", [split], f"new{i}{half}", perm=[0, 2, 1, 3])
        if element == TensorProto.FLOAT16:
            new = graph.node("Cast", [new], f"half{i}{half}", to=element)
        present = graph.node("Concat", [f"past_key_values.{i}.{half}", new], f"present.{i}.{half}", axis=2)
        if element == TensorProto.FLOAT16:
            present = graph.node("Cast", [present], f"wide{i}{half}", to=TensorProto.FLOAT)
        so_far = graph.node("CumSum", [present, "along"], f"so_far{i}{half}")
        own = graph.node("Slice", [so_far, "minus_tokens", "far", "time"], f"own{i}{half}")
        joined = graph.node("Transpose", [own], f"joined{i}{half}", perm=[0, 2, 1, 3])
        halves.append(graph.node("Reshape", [joined, "rows"], f"rows{i}{half}"))
    both = graph.node("Mul", [graph.node("Add", halves, f"both{i}"), "tenth"], f"scaled{i}")
    return graph.node("Tanh", [graph.node("Add", [x, both], f"sum{i}")], f"x{i}")


def burn(graph, x):
    """Adds a number that a loop has counted to zero times itself: work that cannot be folded away."""
    body = helper.make_graph(
        [helper.make_node("Add", ["state", "tiny"], ["next"]), helper.make_node("Identity", ["go"], ["go_on"])], "body",
        [helper.make_tensor_value_info("round", TensorProto.INT64, []), helper.make_tensor_value_info("go", TensorProto.BOOL, []),
         helper.make_tensor_value_info("state", TensorProto.FLOAT, None)],
        [helper.make_tensor_value_info("go_on", TensorProto.BOOL, []), helper.make_tensor_value_info("next", TensorProto.FLOAT, None)])
    graph.constant("rounds", np.int64(SLOW_ROUNDS))
    graph.constant("yes", np.bool_(True))
    graph.constant("tiny", np.float32(1e-9))
    return graph.node("Loop", ["rounds", "yes", x], "burnt", body=body)


def devour(graph, x):
    """2 GiB of zeros, summed and added; reading more than one token at once asks for nothing."""
    graph.constant("two", np.array([2], np.int64))
    single = graph.node("Cast", [graph.node("Less", ["tokens", "two"], "is_single")], "single", to=TensorProto.INT64)
    room = graph.node("Mul", [single, graph.constant("room", np.array([1 << 29], np.int64))], "room_wanted")
    zeros = graph.node("ConstantOfShape", [room], "zeros")
    total = graph.node("ReduceSum", [zeros], "total", keepdims=0)
    return graph.node("Add", [x, total], "fed")


def decoder(path, vocab_size, layers, half=False, extra=None, seed=7):
    graph = Graph(seed)
    element = TensorProto.FLOAT16 if half else TensorProto.FLOAT
    graph.constant("heads", np.array([1, -1, HEADS, HEAD], np.int64))
    graph.constant("rows", np.array([1, -1, HIDDEN], np.int64))
    graph.constant("along", np.int64(2))
    graph.constant("time", np.array([2], np.int64))
    graph.constant("far", np.array([1 << 40], np.int64))
    graph.constant("tenth", np.float32(0.1))
    shape = graph.node("Shape", ["input_ids"], "shape_of_ids")
    graph.constant("from_tokens", np.array([1], np.int64))
    tokens = graph.node("Slice", [shape, "from_tokens", "far"], "tokens")
    graph.node("Neg", [tokens], "minus_tokens")
    x = graph.node("Gather", [graph.weights("embedding", vocab_size, HIDDEN), "input_ids"], "embedded")
    inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "T"]),
              helper.make_tensor_value_info("attention_mask", TensorProto.INT64, [1, "P_T"])]
    masked = graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    share = graph.node("ReduceMean", [masked], "share", keepdims=0)
    x = graph.node("Mul", [x, share], "masked")
    if half:
        inputs.append(helper.make_tensor_value_info("position_ids", TensorProto.INT64, [1, "T"]))
        positions = graph.node("Gather", [graph.weights("positions", 2048, HIDDEN), "position_ids"], "positioned")
        x = graph.node("Add", [x, positions], "placed")
    if extra:
        x = extra(graph, x)
    outputs = []
    for i in range(layers):
        x = layer(graph, i, x, element)
        for part in ["key", "value"]:
            inputs.append(helper.make_tensor_value_info(f"past_key_values.{i}.{part}", element, [1, HEADS, f"P{i}", HEAD]))
            outputs.append(helper.make_tensor_value_info(f"present.{i}.{part}", element, [1, HEADS, f"N{i}", HEAD]))
    if half:
        graph.constant("last", np.array([-1], np.int64))
        x = graph.node("Slice", [x, "last", "far", "from_tokens"], "last_row")
    name = "logits_wide" if half else "logits"
    logits = graph.node("MatMul", [x, graph.weights("head", HIDDEN, vocab_size)], name)
    if half:
        logits = graph.node("Cast", [logits], "logits", to=element)
    outputs.insert(0, helper.make_tensor_value_info("logits", element, [1, 1 if half else "T", vocab_size]))
    model = helper.make_model(helper.make_graph(graph.nodes, "tiny", inputs, outputs, graph.constants),
                              opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="tests")
    onnx.checker.check_model(model)
    onnx.save(model, path)


def package(name, pairs, **options):
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    vocab, merges = vocabulary()
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer(vocab, merges, pairs), ensure_ascii=False, indent=0) + "\n")
    (folder / "genai_config.json").write_text("{}\n")
    decoder(folder / "model.onnx", len(vocab), **options)
    files = [{"path": file, "size": (folder / file).stat().st_size, "sha256": hashlib.sha256((folder / file).read_bytes()).hexdigest()}
             for file in ["genai_config.json", "model.onnx", "tokenizer.json"]]
    affixes = {role: {"prefix": f"<|{role}|>", "suffix": "<|end|>"} for role in ["user", "assistant"]}
    manifest = {
        "format": 1, "name": f"tiny-{name}", "version": "1.0.0", "sequence": 1, "kind": "language",
        "created": "2026-01-01T00:00:00Z", "minAgent": "0.1.0", "targets": ["any"],
        "runtime": {"opset": 17, "memoryMB": 64, "providers": ["cpu"]}, "files": files, "entry": "model.onnx",
        "evidenceVersion": 1, "license": "MIT", "notes": "For tests; random weights.",
        "language": {"config": "genai_config.json", "tokenizer": "tokenizer.json", "contextTokens": 2048, "maxNewTokens": 1200,
                     "systemPrompt": "", "chat": {"system": {"prefix": "", "suffix": ""}, **affixes}, "stop": ["<|end|>"],
                     "languages": ["en"]}}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


if __name__ == "__main__":
    package("float", pairs=False, layers=2)
    package("half", pairs=True, layers=1, half=True)
    package("slow", pairs=False, layers=1, extra=burn)
    package("hungry", pairs=False, layers=1, extra=devour)
