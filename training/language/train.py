"""Trains the decoder on generated pairs for a stated number of steps, with checkpoints to go on from.

    python3 train.py --steps 4000 --out out/run1        (starts again from its last checkpoint)

Each worker process has one thread. The workers take micro-batches of a step as they become free, which keeps both
cores busy when other programs run; then each updates its share of the weights. Shared memory holds weights and state.
"""
import argparse
import json
import os
import time
from dataclasses import asdict
from pathlib import Path

import torch
import torch.multiprocessing as processes
from torch.nn import functional as F

import from_package
import tokenizer as bpe
from examples import COPY_WEIGHT, FAULT_WEIGHT, batches, padded
from model import Decoder, Shape
from optimizer import Optimizer

MICRO_TOKENS = 1600
WARM_UP_STEPS = 80
CHECKPOINT_SECONDS = 120
BARRIER_SECONDS = 900
AVERAGE = 0.98             # the exported weights are a running average over about fifty steps


class Shared:
    """What the workers share: weights, gradients [worker][name], optimizer state, counters and the step barrier."""

    def __init__(self, args):
        torch.manual_seed(args.seed)
        shape = Shape(layers=args.layers, hidden=args.hidden)
        self.model = Decoder(shape).share_memory()
        self.weights = dict(self.model.named_parameters())
        self.gradients = [{n: torch.zeros_like(w).share_memory_() for n, w in self.weights.items()}
                          for _ in range(args.workers)]
        self.average = {n: w.detach().clone().share_memory_() for n, w in self.weights.items()}
        self.optimizer = Optimizer({n: w.detach() for n, w in self.weights.items()}, args.muon_lr, args.adam_lr)
        self.barrier = processes.get_context("fork").Barrier(args.workers, timeout=BARRIER_SECONDS)
        self.next_micro = processes.get_context("fork").Value("i", 0)
        self.losses = torch.zeros(args.workers, 8).share_memory_()   # sum and count for text, copies, fault, verdicts
        self.step, self.seconds = 0, 0.0

    def save(self, path):
        temporary = path.with_suffix(".new")
        torch.save(dict(model=self.model.state_dict(), average=self.average, optimizer=self.optimizer.state,
                        shape=asdict(self.model.shape), step=self.step, seconds=self.seconds), temporary)
        os.replace(temporary, path)

    def load(self, path):
        saved = torch.load(path)
        self.model.load_state_dict(saved["model"], strict=False)
        for name, state in saved["optimizer"].items():
            self.optimizer.state[name].copy_(state)
        for name, average in saved.get("average", saved["model"]).items():
            self.average[name].copy_(average)
        self.step, self.seconds = saved["step"], saved["seconds"]

    def start(self, weights):
        """Takes the weights of a package; the verdict head, which packages do not hold, starts anew."""
        self.model.load_state_dict(weights, strict=False)
        for name, weight in self.weights.items():
            self.average[name].copy_(weight.detach())


def micro_step(shared, worker, ids, weights, marks, total):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, verdict = shared.model(ids[:, :-1])
    losses = F.cross_entropy(logits.float().flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
    target = weights[:, 1:].flatten()
    rows, ends, faults = marks.T
    told = F.cross_entropy(verdict[rows, ends].float(), faults, reduction="none")
    (((losses * target).sum() + FAULT_WEIGHT * told.sum()) / total).backward()
    losses = losses.detach()
    kinds = [losses[target == weight] for weight in (1.0, COPY_WEIGHT, FAULT_WEIGHT)] + [told.detach()]
    shared.losses[worker] += torch.tensor([number for kind in kinds for number in (kind.sum(), len(kind))])


def work(worker, shared, args):
    torch.set_num_threads(1)
    tokenizer = bpe.load(args.tokenizer)
    names = list(shared.weights)
    began = saved_at = shown_at = time.monotonic()
    earlier, tokens = shared.seconds, 0
    log = open(args.out / "log.jsonl", "a", buffering=1) if worker == 0 else None
    for rows in batches(tokenizer, args.seed, args.batch, args.easy_steps, shared.step):
        if shared.step >= args.steps:
            break
        if worker == 0:
            shared.next_micro.value = 0
        total = sum(sum(weights[1:]) + FAULT_WEIGHT * len(ends) for _, weights, ends in rows)
        micro_batch = max(1, MICRO_TOKENS // len(rows[-1][0]))
        shared.barrier.wait()
        while True:
            with shared.next_micro.get_lock():
                at = shared.next_micro.value
                shared.next_micro.value = at + micro_batch
            if at >= len(rows):
                break
            micro_step(shared, worker, *padded(rows[at:at + micro_batch], tokenizer.pad), total)
        for name, weight in shared.weights.items():
            buffer = shared.gradients[worker][name]
            buffer.zero_() if weight.grad is None else buffer.copy_(weight.grad)
            weight.grad = None
        shared.step += 1
        # Level after the warm-up, then down in a line: how a run goes on does not depend on where it will end.
        rate = min(1.0, shared.step / WARM_UP_STEPS, (args.steps - shared.step + 1) / args.decay_steps)
        shared.barrier.wait()
        for name in names[worker::args.workers]:
            gradient = sum(gradients[name] for gradients in shared.gradients)
            shared.optimizer.step(name, shared.weights[name], gradient, shared.step, rate)
            shared.average[name].lerp_(shared.weights[name].detach(), 1 - min(AVERAGE, shared.step / (shared.step + 9)))
        shared.barrier.wait()
        if worker != 0:
            continue
        tokens += sum(len(ids) for ids, _, _ in rows)
        now = time.monotonic()
        shared.seconds = earlier + now - began
        if shared.step % 25 == 0:
            sums, counts = shared.losses.sum(0).view(4, 2).T
            shared.losses.zero_()
            text, copy, fault, verdict = (round(loss, 4) for loss in (sums / counts).tolist())
            line = json.dumps(dict(step=shared.step, text=text, copy=copy, fault=fault, verdict=verdict,
                                   tokens_per_s=round(tokens / (now - shown_at)), seconds=round(shared.seconds)))
            print(line, file=log)
            print(line, flush=True)
            tokens, shown_at = 0, now
        if now - saved_at > CHECKPOINT_SECONDS:
            saved_at = now
            shared.save(args.out / "last.pt")
    if worker == 0:
        shared.save(args.out / "last.pt")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--steps", type=int, required=True)
    options.add_argument("--batch", type=int, default=16)
    options.add_argument("--easy-steps", type=int, default=300)
    options.add_argument("--decay-steps", type=int, default=700)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--muon-lr", type=float, default=0.02)
    options.add_argument("--adam-lr", type=float, default=0.003)
    options.add_argument("--layers", type=int, default=5)
    options.add_argument("--hidden", type=int, default=512)
    options.add_argument("--start-from", type=Path, help="a language package whose weights are the first ones")
    options.add_argument("--tokenizer", type=Path, default=Path("out/tokenizer.json"))
    args = options.parse_args()

    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    shared = Shared(args)
    if (args.out / "last.pt").exists():
        shared.load(args.out / "last.pt")
    elif args.start_from:
        shared.start(from_package.weights(args.start_from))
    print(f"{sum(w.numel() for w in shared.weights.values()):,} parameters, from step {shared.step}", flush=True)
    processes.start_processes(work, (shared, args), nprocs=args.workers, start_method="fork")


if __name__ == "__main__":
    main()
