"""Writes a checkpoint as an ONNX graph in the layout of onnxruntime-genai's model builder.

    python3 export.py out/run1/last.pt int8 out/int8/model.onnx       (fp32 | int8 | int4)

One GroupQueryAttention per layer with packed QKV and rotary positions inside; weights as MatMulNBits blocks.
"""
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from model import Decoder, Shape

BLOCK = 32
BITS = {"int4": 4, "int8": 8}
OPSET, MICROSOFT = 17, "com.microsoft"


def quantize(weight, bits):
    """Symmetric blocks of 32 along the inputs: weight [N, K] -> codes [N, K / 32, 32 * bits / 8], scales [N, K / 32].

    Each block takes, of a range of scales, the one with the least squared error."""
    outputs, inputs = weight.shape
    blocks = weight.reshape(outputs, inputs // BLOCK, BLOCK).astype(np.float64)
    middle = 1 << (bits - 1)
    at = np.abs(blocks).argmax(-1)[..., None]
    largest = np.take_along_axis(blocks, at, -1)
    best_error, best_scale = np.full(blocks.shape[:2] + (1,), np.inf), np.ones(blocks.shape[:2] + (1,))
    for shrink in np.linspace(1.0, 0.7, 16) if bits == 4 else [1.0]:
        for levels in (-middle, middle - 1):
            scale = np.where(largest == 0, 1.0, largest * shrink / levels).astype(np.float32).astype(np.float64)
            error = np.square(np.clip(np.round(blocks / scale), -middle, middle - 1) * scale - blocks).sum(-1, keepdims=True)
            better = error < best_error
            best_error, best_scale = np.where(better, error, best_error), np.where(better, scale, best_scale)
    codes = (np.clip(np.round(blocks / best_scale), -middle, middle - 1) + middle).astype(np.uint8)
    if bits == 4:
        codes = codes[..., 0::2] | (codes[..., 1::2] << 4)
    return codes, best_scale[..., 0].astype(np.float32)


class Graph:
    def __init__(self, precision):
        self.bits = BITS.get(precision)
        self.nodes, self.constants = [], []

    def constant(self, name, array):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind, inputs, outputs, domain="", **attributes):
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=outputs[0] + "/node", domain=domain, **attributes))
        return outputs[0]

    def linear(self, name, x, weight):
        """x [.., K] times weight [N, K] transposed."""
        if self.bits is None:
            return self.node("MatMul", [x, self.constant(name + ".weight", weight.T)], [name])
        codes, scales = quantize(weight, self.bits)
        inputs = [x, self.constant(name + ".qweight", codes), self.constant(name + ".scales", scales)]
        return self.node("MatMulNBits", inputs, [name], MICROSOFT, K=weight.shape[1], N=weight.shape[0],
                         bits=self.bits, block_size=BLOCK, accuracy_level=4)


def build(model, precision):
    shape, graph = model.shape, Graph(precision)
    weights = {name: tensor.detach().float().numpy() for name, tensor in model.state_dict().items()}
    graph.constant("one", np.array([1], np.int64))
    graph.constant("axis", np.array([1], np.int64))
    graph.constant("second", np.array(1, np.int64))
    graph.constant("last", np.array([-1], np.int64))
    graph.constant("cos_cache", model.cos.numpy())
    graph.constant("sin_cache", model.sin.numpy())

    graph.node("ReduceSum", ["attention_mask", "axis"], ["mask_sum"], keepdims=0)
    graph.node("Sub", ["mask_sum", "one"], ["last_position"])
    graph.node("Cast", ["last_position"], ["seqlens_k"], to=TensorProto.INT32)
    graph.node("Shape", ["attention_mask"], ["mask_shape"])
    graph.node("Gather", ["mask_shape", "second"], ["mask_length"], axis=0)
    graph.node("Cast", ["mask_length"], ["total_length"], to=TensorProto.INT32)

    table = graph.constant("model.embed_tokens.weight", weights["embedding.weight"])
    stream = graph.node("Gather", [table, "input_ids"], ["embedded"])
    branch = None

    def norm(name, weight):
        nonlocal stream
        scale = graph.constant(name + ".weight", weight)
        if branch is None:
            return graph.node("SimplifiedLayerNormalization", [stream, scale], [name], axis=-1,
                              epsilon=shape.epsilon, stash_type=1)
        graph.node("SkipSimplifiedLayerNormalization", [stream, branch, scale], [name, "", "", name + ".sum"],
                   MICROSOFT, epsilon=shape.epsilon)
        stream = name + ".sum"
        return name

    for i in range(shape.layers):
        source, name = f"layers.{i}.", f"model.layers.{i}."
        x = norm(name + "input_layernorm", weights[source + "attention_norm.weight"])
        qkv = graph.linear(name + "attn.qkv_proj", x, weights[source + "qkv.weight"])
        graph.node("GroupQueryAttention",
                   [qkv, "", "", f"past_key_values.{i}.key", f"past_key_values.{i}.value", "seqlens_k",
                    "total_length", "cos_cache", "sin_cache"],
                   [name + "attn", f"present.{i}.key", f"present.{i}.value"], MICROSOFT, num_heads=shape.heads,
                   kv_num_heads=shape.kv_heads, scale=shape.head_size ** -0.5, do_rotary=1, rotary_interleaved=0)
        branch = graph.linear(name + "attn.o_proj", name + "attn", weights[source + "out.weight"])
        x = norm(name + "post_attention_layernorm", weights[source + "mlp_norm.weight"])
        gate = graph.linear(name + "mlp.gate_proj", x, weights[source + "gate.weight"])
        up = graph.linear(name + "mlp.up_proj", x, weights[source + "up.weight"])
        graph.node("QuickGelu", [gate], [name + "mlp.silu"], MICROSOFT, alpha=1.0)
        graph.node("Mul", [name + "mlp.silu", up], [name + "mlp.product"])
        branch = graph.linear(name + "mlp.down_proj", name + "mlp.product", weights[source + "down.weight"])
    x = norm("model.norm", weights["norm.weight"])
    graph.node("Gather", [x, "last"], ["last_hidden"], axis=1)
    graph.linear("logits", "last_hidden", weights["embedding.weight"])

    def cache(kind, length):
        return [helper.make_tensor_value_info(f"{kind}.{i}.{part}", TensorProto.FLOAT,
                                              ["batch_size", shape.kv_heads, length, shape.head_size])
                for i in range(shape.layers) for part in ("key", "value")]

    integers = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch_size", "sequence_length"]),
                helper.make_tensor_value_info("attention_mask", TensorProto.INT64,
                                              ["batch_size", "total_sequence_length"])]
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch_size", 1, shape.vocabulary])
    onnx_graph = helper.make_graph(graph.nodes, "pump-language", integers + cache("past_key_values", "past_sequence_length"),
                                   [logits] + cache("present", "total_sequence_length"), graph.constants)
    return helper.make_model(onnx_graph, producer_name="edgeagent training/language", ir_version=8,
                             opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)])


def read_checkpoint(path):
    saved = torch.load(path, map_location="cpu")
    model = Decoder(Shape(**saved["shape"]))
    model.load_state_dict(saved["average"], strict=False)
    return model.eval(), saved


def genai_config(shape, tokenizer):
    """What onnxruntime-genai and the agent read about the graph."""
    return {"model": {
        "type": "llama", "bos_token_id": tokenizer.user, "eos_token_id": tokenizer.end, "pad_token_id": tokenizer.pad,
        "context_length": shape.context, "vocab_size": shape.vocabulary,
        "decoder": {
            "session_options": {"log_id": "onnxruntime-genai", "provider_options": []},
            "filename": "model.onnx", "head_size": shape.head_size, "hidden_size": shape.width,
            "num_attention_heads": shape.heads, "num_key_value_heads": shape.kv_heads,
            "num_hidden_layers": shape.layers,
            "inputs": {"input_ids": "input_ids", "attention_mask": "attention_mask",
                       "past_key_names": "past_key_values.%d.key", "past_value_names": "past_key_values.%d.value"},
            "outputs": {"logits": "logits", "present_key_names": "present.%d.key",
                        "present_value_names": "present.%d.value"}}},
        "search": {"do_sample": False, "early_stopping": True, "max_length": shape.context, "min_length": 0,
                   "num_beams": 1, "num_return_sequences": 1, "past_present_share_buffer": False,
                   "repetition_penalty": 1.0, "temperature": 1.0, "top_k": 1, "top_p": 1.0}}


def write(checkpoint, precision, path):
    model, saved = read_checkpoint(checkpoint)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(build(model, precision), str(path))
    return model, saved


if __name__ == "__main__":
    _, saved = write(*sys.argv[1:4])
    print(f"{sys.argv[3]}: {sys.argv[2]}, step {saved['step']}, {Path(sys.argv[3]).stat().st_size:,} bytes")
