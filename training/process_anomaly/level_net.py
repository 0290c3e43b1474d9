"""The learned part: a small convolutional net, shared by all channels, that decides how much each sample of the window
counts for the channel's present level. Its answer is a set of weights that sum to one, so a shift of any size is measured
exactly however coarse the INT8 arithmetic inside is.
"""
import numpy as np
import torch
from torch import nn

from settings import LEVEL, SPAN, WINDOW

WIDTH, HIDDEN, KERNEL = 16, 32, 5
CONVOLUTIONS = [(1, WIDTH, 1), (WIDTH, WIDTH, 2), (WIDTH, WIDTH, 2)]        # inputs, outputs, stride


def _length():
    n = WINDOW
    for _, _, stride in CONVOLUTIONS:
        n = (n - KERNEL) // stride + 1
    return n


class LevelNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv1d(i, o, KERNEL, stride=s) for i, o, s in CONVOLUTIONS)
        self.hidden = nn.Linear(WIDTH * _length(), HIDDEN)
        self.weights = nn.Linear(HIDDEN, WINDOW)

    def forward(self, x):
        """x [rows, WINDOW] in sigma -> level [rows] in sigma."""
        plain = x[:, -LEVEL:].mean(1, keepdim=True)
        h = ((x - plain).clamp(-SPAN, SPAN))[:, None]
        for conv in self.convs:
            h = torch.relu(conv(h))
        share = torch.softmax(self.weights(torch.relu(self.hidden(h.flatten(1)))), 1)
        return plain[:, 0] + (share * (x - plain)).sum(1)

    def layers(self):
        return [*self.convs, self.hidden, self.weights]

    def ranges(self, x):
        """Largest activation in front of each layer, for the INT8 scales."""
        plain = x[:, -LEVEL:].mean(1, keepdim=True)
        h, seen = ((x - plain).clamp(-SPAN, SPAN))[:, None], [SPAN]
        for conv in self.convs:
            h = torch.relu(conv(h))
            seen.append(float(np.quantile(h.detach().numpy(), 0.9999)))
        h = torch.relu(self.hidden(h.flatten(1)))
        seen.append(float(np.quantile(h.detach().numpy(), 0.9999)))
        return seen
