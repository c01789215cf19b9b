"""Writes src/test/resources/sirkuit/tuning/adamw.json: some steps of torch.optim.AdamW.

    python src/test/python/make_adamw_reference.py

A matrix with weight decay and a vector without, as in fine-tuning, gradients that are given, the gradient's norm clipped
by torch.nn.utils.clip_grad_norm_, and a learning rate that changes from step to step. Written with torch 2.13.0.
"""

import json
from pathlib import Path

import torch

torch.manual_seed(11)
CLIP = 1.5
DECAY = 0.1
RATES = [1e-2, 5e-3, 2e-2, 1e-3, 3e-3]

matrix = torch.nn.Parameter(torch.randn(3, 5))
vector = torch.nn.Parameter(torch.randn(4))
start = [matrix.detach().flatten().tolist(), vector.detach().tolist()]
optimizer = torch.optim.AdamW(
    [{"params": [matrix], "weight_decay": DECAY}, {"params": [vector], "weight_decay": 0.0}],
    betas=(0.9, 0.999),
    eps=1e-8,
)
steps = []
for step, rate in enumerate(RATES):
    # the second step's gradient is small enough not to be clipped
    size = 0.1 if step == 1 else 1.0
    matrix.grad = torch.randn(3, 5) * size
    vector.grad = torch.randn(4) * size
    gradients = [matrix.grad.flatten().tolist(), vector.grad.tolist()]
    norm = torch.nn.utils.clip_grad_norm_([matrix, vector], CLIP).item()
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
    steps.append(
        {
            "rate": rate,
            "gradients": gradients,
            "norm": norm,
            "values": [matrix.detach().flatten().tolist(), vector.detach().tolist()],
        }
    )
out = Path(__file__).parents[1] / "resources/sirkuit/tuning/adamw.json"
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(
    json.dumps({"torch": torch.__version__, "clip": CLIP, "decay": DECAY, "start": start, "steps": steps}, indent=1)
    + "\n"
)
