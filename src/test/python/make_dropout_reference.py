"""Makes src/test/resources/sirkuit/transformer/dropout.json: where transformers drops while it trains, with which
probability, and the logits of such a pass.

    python make_dropout_reference.py ../shared/golden src/test/resources/sirkuit/reference > dropout.json    # torch, transformers 5.18

Every call of torch's dropout in a model in training mode is recorded with the module it comes from; its mask is the one that
sirkuit.transformer.DropoutMask makes of the same seed (the next number of libtorch's generator), so that the logits of a whole
pass can be compared: one place too many, too few, or with another probability, and they differ.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

SEED = 20260731
GOLDEN = 0x9E3779B9
LIKE_BERT = {"hidden_dropout_prob": 0.21, "attention_probs_dropout_prob": 0.13, "classifier_dropout": 0.34}
# The last field is one that transformers reads for other heads than a sequence classifier's.
DECODER = {"attention_dropout": 0.13, "classifier_dropout": 0.34}
FIELDS = {
    "bert": LIKE_BERT,
    "roberta": LIKE_BERT,
    "xlm-roberta": LIKE_BERT,
    "distilbert": {"dropout": 0.21, "attention_dropout": 0.13, "seq_classif_dropout": 0.34, "qa_dropout": 0.4},
    "modernbert": {"embedding_dropout": 0.21, "attention_dropout": 0.13, "mlp_dropout": 0.17, "classifier_dropout": 0.34},
    "gpt2": {"embd_pdrop": 0.21, "attn_pdrop": 0.13, "resid_pdrop": 0.17, "summary_first_dropout": 0.4},
    "llama": DECODER,
    "mistral": DECODER,
    "qwen2": DECODER,
    "qwen2-verbalizer": DECODER,
    "qwen3": DECODER,
    "gemma2": DECODER,
    "gemma3": DECODER,
}


def mask(shape, seed, p):
    """As DropoutMask.fill."""
    count = int(np.prod(shape))
    h = (np.uint64(seed >> 32) + np.arange(count, dtype=np.uint64) * np.uint64(GOLDEN)).astype(np.uint32)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13)) ^ np.uint32(seed & 0xFFFFFFFF)) * np.uint32(0xC2B2AE35)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = h ^ (h >> np.uint32(15))
    kept = (h >> np.uint32(1)) >= np.uint32(int(np.floor(p * 0x7FFFFFFF + 0.5)))
    return torch.from_numpy(np.where(kept, 1 / (1 - p), 0).reshape(shape))


def left(inside):
    inside.pop()


def trained(folder, causal, words, rows):
    kind = AutoModelForCausalLM if causal else AutoModelForSequenceClassification
    model = kind.from_pretrained(folder, attn_implementation="eager").double().train()
    names = {module: name for name, module in model.named_modules()}
    inside, sites, seeds = [], [], []
    for module in names:
        module.register_forward_pre_hook(lambda m, _: inside.append(names[m]))
        module.register_forward_hook(lambda *_: left(inside))

    def dropout(x, p=0.5, training=True, inplace=False):
        if not training or p == 0:
            return x
        seed = int(torch.randint(0, 2**63 - 1, (1,), dtype=torch.int64))
        sites.append([inside[-1], p, list(x.shape)])
        seeds.append(seed)
        return x * mask(x.shape, seed, p).to(x.dtype)

    longest = max(len(r) for r in rows)
    pad = model.config.pad_token_id or 0
    ids = torch.tensor([r + [pad] * (longest - len(r)) for r in rows])
    valid = torch.tensor([[1] * len(r) + [0] * (longest - len(r)) for r in rows])
    original = torch.nn.functional.dropout
    torch.nn.functional.dropout = dropout
    torch.manual_seed(SEED)
    try:
        logits = model(input_ids=ids, attention_mask=valid).logits
    finally:
        torch.nn.functional.dropout = original
    if causal:
        logits = torch.stack([logits[b, len(r) - 1, words] for b, r in enumerate(rows)])
    return {"sites": sites, "seeds": seeds, "logits": [[float(f"{v:.9g}") for v in row] for row in logits.tolist()]}


def entry(name, folder, how, fields):
    config = json.loads((folder / "config.json").read_text())
    for field in FIELDS[name]:
        config.pop(field, None)
    config.update(fields)
    causal = name.endswith("verbalizer")
    words = [5, 7, 11]
    numbers = np.random.default_rng(5)
    vocabulary = config["vocab_size"]
    rows = [numbers.integers(5, min(vocabulary, 200), n).tolist() for n in (7, 4, 6)]
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        Path(copy, "config.json").write_text(json.dumps(config))
        found = trained(copy, causal, words, rows)
    return {
        "family": name,
        "probabilities": how,
        "absent": list(FIELDS[name]),
        "written": fields,
        "ids": rows,
        "words": words if causal else [],
        **found,
    }


golden, own = Path(sys.argv[1]), Path(sys.argv[2])
entries = []
with torch.no_grad():
    for name, fields in FIELDS.items():
        folder = (own if name == "modernbert" else golden) / name / "model"
        entries.append(entry(name, folder, "each its own", fields))
        entries.append(entry(name, folder, "all 0.3", {f: 0.3 for f in fields}))
        entries.append(entry(name, folder, "not written", {}))
print("[")
print(",\n".join(json.dumps(e) for e in entries))
print("]")
