"""A small Llama-style decoder: RMSNorm, rotary positions, grouped-query attention, SwiGLU, tied embedding."""
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

from library import ALL_FAULTS


VERDICTS = len(ALL_FAULTS) + 1


@dataclass(frozen=True)
class Shape:
    vocabulary: int = 1280
    width: int = 256
    layers: int = 5
    heads: int = 4
    kv_heads: int = 2
    hidden: int = 512
    context: int = 1024
    theta: float = 100000.0
    epsilon: float = 1e-5

    @property
    def head_size(self):
        return self.width // self.heads


def rotary_table(shape):
    """cos and sin [context, head_size / 2], as GroupQueryAttention takes them (halves, not interleaved)."""
    frequencies = shape.theta ** (-torch.arange(0, shape.head_size, 2).float() / shape.head_size)
    angles = torch.outer(torch.arange(shape.context).float(), frequencies)
    return angles.cos(), angles.sin()


def rotate(x, cos, sin):
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], dim=-1)


class Norm(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape.width))
        self.epsilon = shape.epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        width, size = shape.width, shape.head_size
        self.attention_norm, self.mlp_norm = Norm(shape), Norm(shape)
        self.qkv = nn.Linear(width, (shape.heads + 2 * shape.kv_heads) * size, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.gate = nn.Linear(width, shape.hidden, bias=False)
        self.up = nn.Linear(width, shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, width, bias=False)

    def attention(self, x, cos, sin, mask):
        shape, (batch, length, _) = self.shape, x.shape
        size, groups = shape.head_size, shape.heads // shape.kv_heads
        qkv = self.qkv(x).view(batch, length, -1, size).transpose(1, 2)
        q, k, v = qkv.split([shape.heads, shape.kv_heads, shape.kv_heads], dim=1)
        q, k = rotate(q, cos, sin).to(v.dtype), rotate(k, cos, sin).to(v.dtype)
        # Query heads of one group share a key head: fold the group into the rows of the product.
        q = q.reshape(batch, shape.kv_heads, groups * length, size)
        scores = (q @ k.transpose(2, 3)) * size ** -0.5
        scores = scores.view(batch, shape.kv_heads, groups, length, length) + mask
        mixed = torch.softmax(scores, dim=-1).view(batch, shape.kv_heads, groups * length, length).to(v.dtype) @ v
        mixed = mixed.view(batch, shape.heads, length, size).transpose(1, 2).reshape(batch, length, -1)
        return self.out(mixed)

    def forward(self, x, cos, sin, mask):
        x = x + self.attention(self.attention_norm(x), cos, sin, mask)
        h = self.mlp_norm(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Decoder(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = Norm(shape)
        self.verdict = nn.Linear(shape.width, VERDICTS, bias=False)   # a help in training, not exported
        cos, sin = rotary_table(shape)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                deep = name.endswith(("out.weight", "down.weight"))
                nn.init.normal_(weight, std=0.02 / (2 * shape.layers) ** 0.5 if deep else 0.02)

    def forward(self, ids):
        """ids [B, T], padded on the right, -> logits [B, T, V], and the verdict that the last layer but one sees at
        every token [B, T, VERDICTS]."""
        length = ids.shape[1]
        x = self.embedding(ids)
        mask = torch.full((length, length), -1e4).triu(1)
        if torch.is_autocast_cpu_enabled():
            mask = mask.bfloat16()
        for i, layer in enumerate(self.layers):
            if i == len(self.layers) - 1:
                verdict = self.verdict(x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.shape.epsilon))
            x = layer(x, self.cos[:length], self.sin[:length], mask)
        return F.linear(self.norm(x), self.embedding.weight), verdict
