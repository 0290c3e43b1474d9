"""Muon (Jordan et al., 2024) for the matrices and Adam for the rest, with state in shared memory.

Muon: momentum whose update matrix is made nearly orthogonal by a Newton-Schulz iteration."""
import torch

HEADS = ("embedding", "verdict")    # matrices that Adam takes


def orthogonal(matrix, steps=5):
    """The iteration X <- aX + (bA + cA^2)X, A = XX^T, with the published coefficients."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix.bfloat16()
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return (x.T if tall else x).float()


class Optimizer:
    """One step per parameter name, so that several processes can share the work."""

    def __init__(self, parameters, muon_lr, adam_lr, momentum=0.95, decay=0.01, betas=(0.9, 0.98)):
        self.muon_lr, self.adam_lr = muon_lr, adam_lr
        self.momentum, self.decay, self.betas = momentum, decay, betas
        self.matrices = {n for n, w in parameters.items() if w.dim() == 2 and not n.startswith(HEADS)}
        self.state = {n: torch.zeros(1 if n in self.matrices else 2, *w.shape).share_memory_()
                      for n, w in parameters.items()}

    @torch.no_grad()
    def step(self, name, weight, gradient, step, rate):
        """step counts from 1; rate is the schedule's factor on both learning rates."""
        if name in self.matrices:
            velocity, lr = self.state[name][0], self.muon_lr * rate
            velocity.lerp_(gradient, 1 - self.momentum)
            update = orthogonal(torch.lerp(gradient, velocity, self.momentum))
            weight.mul_(1 - lr * self.decay)
            weight.add_(update, alpha=-lr * max(1, weight.shape[0] / weight.shape[1]) ** 0.5)
            return
        (first, second), (b1, b2) = self.state[name], self.betas
        first.lerp_(gradient, 1 - b1)
        second.lerp_(gradient.square(), 1 - b2)
        update = (first / (1 - b1 ** step)) / ((second / (1 - b2 ** step)).sqrt() + 1e-8)
        weight.add_(update, alpha=-self.adam_lr * rate)
