"""Writes src/test/resources/sirkuit/tuning/rivals.json: some steps of bias-only, top-layers and L2-SP fine-tuning.

    python src/test/python/make_rivals_reference.py SHARED/golden

Models of transformers in float64, parameters chosen by their names with requires_grad, torch.optim.AdamW without clipping
and dropout. The penalty of L2-SP (Li et al. 2018) is a term of the loss that is differentiated; the recorded loss is without
it. Written with torch 2.13.0 and transformers 5.18.0.
"""

import json
import re
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

STEPS, RATE, DECAY = 4, 1e-3, 0.01
HEAD = re.compile(r"^(classifier|score|pre_classifier|bert\.pooler)\.")
EMBEDDING = re.compile(r"(embeddings\.|wte|wpe|embed_tokens)")
LAYER = re.compile(r"\.(?:layer|layers|h)\.(\d+)\.")


def chosen(name, way, layers):
    """Whether a parameter is trained."""
    if way == "full":
        return True
    if way.startswith("biases"):
        head = HEAD.match(name) is not None
        return head if way == "biases+head" and head else name.endswith("bias") and not head
    layer = LAYER.search(name)
    if layer:
        return int(layer.group(1)) >= layers - int(way.removeprefix("top-layers-"))
    return EMBEDDING.search(name) is None


def logits(model, expected):
    ids = torch.tensor(expected["input_ids"])
    mask = torch.tensor(expected["attention_mask"])
    out = model(input_ids=ids, attention_mask=mask).logits
    if "label_token_ids" in expected:
        last = mask.sum(1) - 1
        out = out[torch.arange(len(ids)), last][:, expected["label_token_ids"]]
    return out


def case(golden, family, way, l2sp):
    expected = json.loads((golden / family / "expected.json").read_text())
    of = AutoModelForCausalLM if "label_token_ids" in expected else AutoModelForSequenceClassification
    model = of.from_pretrained(golden / family / "model", attn_implementation="eager").double().eval()
    gold = torch.tensor(expected["labels"])
    assert torch.allclose(logits(model, expected).float(), torch.tensor(expected["logits"]), atol=1e-4)
    layers = model.config.num_hidden_layers
    for name, p in model.named_parameters():
        p.requires_grad = chosen(name, way, layers)
    trained = {n: p for n, p in model.named_parameters() if p.requires_grad}
    start = {n: p.detach().clone() for n, p in trained.items()}
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in trained.values() if p.dim() > 1], "weight_decay": DECAY},
            {"params": [p for p in trained.values() if p.dim() == 1], "weight_decay": 0.0},
        ],
        lr=RATE,
        betas=(0.9, 0.999),
        eps=1e-8,
    )
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(logits(model, expected), gold)
        losses.append(loss.item())
        penalty = l2sp / 2 * sum(((p - start[n]) ** 2).sum() for n, p in trained.items())
        (loss + penalty).backward()
        optimizer.step()
    return {
        "family": family,
        "way": way,
        "l2sp": l2sp,
        "trainable": sum(p.numel() for p in trained.values()),
        "losses": losses,
        "logits_after": logits(model, expected).tolist(),
        "moved": {n: (p.detach() - start[n]).abs().sum().item() for n, p in trained.items()},
    }


def main():
    golden = Path(sys.argv[1])
    cases = []
    for family in ("bert", "distilbert", "gpt2", "qwen2", "qwen2-verbalizer", "roberta"):
        cases.append(case(golden, family, "biases", 0.0))
    cases.append(case(golden, "bert", "biases+head", 0.0))
    for family in ("bert", "distilbert", "gemma3", "gpt2", "llama", "qwen2-verbalizer", "roberta"):
        cases.append(case(golden, family, "top-layers-1", 0.0))
    cases.append(case(golden, "bert", "top-layers-2", 0.0))
    cases.append(case(golden, "bert", "full", 5.0))
    cases.append(case(golden, "qwen2", "biases", 5.0))
    cases.append(case(golden, "llama", "top-layers-2", 5.0))
    out = Path(__file__).parents[1] / "resources/sirkuit/tuning/rivals.json"
    settings = {"torch": torch.__version__, "steps": STEPS, "learning_rate": RATE, "weight_decay": DECAY}
    rows = ",\n".join(json.dumps(c) for c in cases)
    out.write_text(json.dumps(settings)[:-1] + ', "cases": [\n' + rows + "\n]}\n")


if __name__ == "__main__":
    main()
