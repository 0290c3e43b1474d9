"""Reads the weights of a language package back from its graph, so that training can go on without the checkpoint.

    python3 from_package.py ../../models/pump-language out/start.pt      (writes a checkpoint of step 0)

The matrices come back as their int8 or int4 codes say, about one part in 500 off the trained ones; the embedding and the
norms are exact."""
import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import Decoder, Shape

NAMES = {"input_layernorm.weight": "attention_norm.weight", "post_attention_layernorm.weight": "mlp_norm.weight",
         "attn.qkv_proj": "qkv.weight", "attn.o_proj": "out.weight", "mlp.gate_proj": "gate.weight",
         "mlp.up_proj": "up.weight", "mlp.down_proj": "down.weight"}


def dequantized(codes, scales):
    """The inverse of export.quantize: codes [N, K / 32, 32 * bits / 8], scales [N, K / 32] -> weight [N, K]."""
    outputs, blocks, size = codes.shape
    middle = 128
    if size == 16:
        middle, codes = 8, np.stack([codes & 15, codes >> 4], -1).reshape(outputs, blocks, 32)
    return ((codes.astype(np.float32) - middle) * scales.reshape(outputs, blocks, 1)).reshape(outputs, -1)


def weights(package):
    """The decoder's state, by the names that model.py gives."""
    entry = json.loads((Path(package) / "manifest.json").read_text(encoding="utf-8"))["entry"]
    stored = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(Path(package) / entry)).graph.initializer}

    def matrix(name):
        if name + ".weight" in stored:
            return stored[name + ".weight"].T
        return dequantized(stored[name + ".qweight"], stored[name + ".scales"])

    state = {"embedding.weight": stored["model.embed_tokens.weight"], "norm.weight": stored["model.norm.weight"]}
    for i in range(sum(name.endswith("input_layernorm.weight") for name in stored)):
        for theirs, ours in NAMES.items():
            name = f"model.layers.{i}.{theirs}"
            state[f"layers.{i}.{ours}"] = stored[name] if name.endswith("layernorm.weight") else matrix(name)
    return {name: torch.from_numpy(np.array(array, np.float32)) for name, array in state.items()}


def main(package, checkpoint):
    state = weights(package)
    shape = Shape(vocabulary=state["embedding.weight"].shape[0], width=state["norm.weight"].shape[0],
                  layers=sum(name.endswith("qkv.weight") for name in state), hidden=state["layers.0.gate.weight"].shape[0])
    model = Decoder(shape)
    model.load_state_dict(state, strict=False)
    average = dict(model.named_parameters())
    Path(checkpoint).parent.mkdir(parents=True, exist_ok=True)
    torch.save(dict(model=model.state_dict(), average=average, optimizer={}, shape=asdict(shape), step=0, seconds=0.0), checkpoint)
    print(f"{package}: {sum(weight.numel() for weight in state.values()):,} weights to {checkpoint}")


if __name__ == "__main__":
    main(*sys.argv[1:])
