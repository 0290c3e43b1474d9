"""Runs prompts through an exported graph with onnxruntime-node (Debian has no onnxruntime for Python)."""
import json
import subprocess
import tempfile
from pathlib import Path

SCRIPT = Path(__file__).with_name("generate.mjs")


def run(graph, shape, tokenizer, prompts, max_new_tokens=290, logits_for=0):
    jobs = {"layers": shape.layers, "kvHeads": shape.kv_heads, "headSize": shape.head_size, "end": tokenizer.end,
            "maxNewTokens": max_new_tokens, "prompts": prompts, "logitsFor": logits_for}
    with tempfile.TemporaryDirectory() as folder:
        wanted, made = Path(folder) / "jobs.json", Path(folder) / "out.json"
        wanted.write_text(json.dumps(jobs))
        subprocess.run(["node", str(SCRIPT), str(graph), str(wanted), str(made)], check=True)
        return json.loads(made.read_text())
