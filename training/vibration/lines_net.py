"""The learned part: looks at the bins around a family's lines, at the shaft's and the other families' lines, and says whether
these lines are that family's defect. Shared by all families and channels; its answer is a factor between 0 and 1 on the
measured strength, so INT8 never touches the decibels themselves.
"""
import numpy as np
import torch
from torch import nn

import settings as k

WIDTH, HIDDEN, KERNEL = 16, 32, 5
LENGTH = 2 * k.PATCH_SIDE + 1 - KERNEL + 1


class LinesNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(k.PATCH_HARMONICS, WIDTH, KERNEL)
        self.lines = nn.Linear(WIDTH * LENGTH, HIDDEN)
        self.facts = nn.Linear(k.FACTS, HIDDEN, bias=False)
        self.hidden = nn.Linear(HIDDEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(0.2)

    def forward(self, patch, facts):
        """patch [rows, 4, 13], facts [rows, 28] -> logit [rows]."""
        h = torch.relu(self.conv(patch)).flatten(1)
        h = torch.relu(self.lines(h) + self.facts(facts))
        return self.out(torch.relu(self.hidden(self.drop(h))))[:, 0]

    def weights(self):
        """(weight, bias) of conv, lines, facts, hidden, out."""
        layers = [self.conv, self.lines, self.facts, self.hidden, self.out]
        return [(m.weight.detach().numpy(), None if m.bias is None else m.bias.detach().numpy()) for m in layers]

    def ranges(self, patch, facts):
        """Largest activation in front of each layer, for the INT8 scales."""
        top = lambda v: float(np.quantile(v.detach().numpy(), 0.9999))
        with torch.no_grad():
            a = torch.relu(self.conv(patch)).flatten(1)
            b = torch.relu(self.lines(a) + self.facts(facts))
            c = torch.relu(self.hidden(b))
        return [1.0, top(a), 1.0, top(b), top(c)]
