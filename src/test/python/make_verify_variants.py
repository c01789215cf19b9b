"""Makes src/test/resources/sirkuit/engine/verify-variants.json: what `sirkuit verify` must find for variants of the shared cases.

    python make_verify_variants.py ../shared/golden > verify-variants.json    # needs torch and transformers 5 (made with 5.18)

Checkpoints in 16 bits, pairs of texts, a language model whose configuration names no classes. Logits and three steps of masked
fine-tuning by transformers in float64, from the weights as the file of 16 bits holds them.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer

GOLDEN = Path(sys.argv[1])
TEXTS = ["filmnya bagus sekali!", "the food is really good", "makanannya enak", "kamar kotor dan bau, tidak akan kembali lagi ke sini"]
SECONDS = ["saya suka", "but the room was cold", "jangan ke sini", "hotel"]
LABELS = [2, 2, 1, 0]
HEADS = [[0, 1], [1, 0]]
RATE, DECAY, STEPS = 1e-3, 0.01, 3


def places(model, heads):
    """Masks of the trainable entries, by parameter."""
    config = model.config
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    group = config.num_attention_heads // getattr(config, "num_key_value_heads", config.num_attention_heads)
    masks = {}
    for name, p in model.named_parameters():
        if "norm" in name.lower():
            masks[name] = torch.ones_like(p)
    for layer, head in heads:
        for name, p in model.named_parameters():
            if f".{layer}." not in name:
                continue
            mask = masks.get(name, torch.zeros_like(p))
            rows = None
            if "query" in name or "q_proj" in name:
                rows = slice(head * size, (head + 1) * size)
            elif any(n in name for n in (".key.", ".value.", "k_proj", "v_proj")):
                rows = slice(head // group * size, (head // group + 1) * size)
            if rows is not None:
                mask[rows] = 1
            elif name.endswith(("attention.output.dense.weight", "o_proj.weight")):
                mask[:, head * size : (head + 1) * size] = 1
            else:
                continue
            masks[name] = mask
    return masks


def tuned(model, logits):
    masks = places(model, HEADS)
    parameters = {n: p for n, p in model.named_parameters() if n in masks}
    before = {n: p.detach().clone() for n, p in parameters.items()}
    moments = {n: [torch.zeros_like(p), torch.zeros_like(p)] for n, p in parameters.items()}
    losses = []
    gold = torch.tensor(LABELS)
    for step in range(1, STEPS + 1):
        model.zero_grad()
        loss = torch.nn.functional.cross_entropy(logits(), gold)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for n, p in parameters.items():
                gradient = p.grad * masks[n]
                first, second = moments[n]
                first.mul_(0.9).add_(gradient, alpha=0.1)
                second.mul_(0.999).addcmul_(gradient, gradient, value=0.001)
                update = (first / (1 - 0.9**step)) / ((second / (1 - 0.999**step)).sqrt() + 1e-8)
                decay = DECAY * p if p.dim() > 1 else 0
                p.sub_(RATE * (update + decay) * masks[n])
    with torch.no_grad():
        changed = {
            n: {
                "trainable": int(masks[n].sum()),
                "sum_delta": (p - before[n]).sum().item(),
                "sum_abs_delta": (p - before[n]).abs().sum().item(),
            }
            for n, p in parameters.items()
        }
        return {
            "heads": HEADS,
            "steps": STEPS,
            "learning_rate": RATE,
            "weight_decay": DECAY,
            "losses": losses,
            "logits_after": logits().tolist(),
            "trainable_parameters": sum(c["trainable"] for c in changed.values()),
            "changed": changed,
        }


def variant(case, dtype, pairs=None, nameless=False):
    causal = case.endswith("verbalizer")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(GOLDEN / case / "model", folder, dirs_exist_ok=True)
        weights = {n: w.to(getattr(torch, dtype)) for n, w in load_file(f"{folder}/model.safetensors").items()}
        save_file(weights, f"{folder}/model.safetensors", metadata={"format": "pt"})
        config = json.loads(Path(folder, "config.json").read_text())
        removed = [f for f in ("id2label", "label2id", "num_labels") if nameless and config.pop(f, None) is not None]
        Path(folder, "config.json").write_text(json.dumps(config))
        # So that a pair has token types whatever the tokenizer's class says by default.
        names = {"model_input_names": ["input_ids", "token_type_ids", "attention_mask"]} if pairs else {}
        file = Path(folder, "tokenizer_config.json")
        file.write_text(json.dumps(json.loads(file.read_text()) | names))
        kind = AutoModelForCausalLM if causal else AutoModelForSequenceClassification
        model = kind.from_pretrained(folder, dtype=getattr(torch, dtype)).double().eval()
        tokenizer = AutoTokenizer.from_pretrained(folder)
    texts = (TEXTS, SECONDS) if pairs else (TEXTS,)
    batch = tokenizer(*texts, padding=True, truncation=True, max_length=20, padding_side="right", return_tensors="pt")
    words = [7, 11, 13]
    last = batch["attention_mask"].sum(1) - 1

    def logits():
        out = model(**batch).logits
        return out[torch.arange(len(TEXTS)), last][:, words] if causal else out

    expected = {"max_length": 20, "labels": LABELS}
    if pairs != "both in text_pairs":
        expected["texts"] = TEXTS
    if pairs:
        expected["text_pairs"] = SECONDS if pairs == "second texts" else [list(p) for p in zip(TEXTS, SECONDS)]
    if causal:
        expected["label_token_ids"] = words
    with torch.no_grad():
        expected["logits"] = logits().tolist()
    expected["input_ids"] = batch["input_ids"].tolist()
    expected["attention_mask"] = batch["attention_mask"].tolist()
    expected["masked_finetuning"] = tuned(model, logits)
    assert not pairs or batch["token_type_ids"].max() == 1
    return {"case": case, "dtype": dtype, "removed": removed, "tokenizer_config": names, "expected": expected}


variants = [
    variant("bert", "float32", pairs="both in text_pairs"),
    variant("bert", "bfloat16", pairs="second texts"),
    variant("roberta", "float16"),
    variant("llama", "float16"),
    variant("qwen2-verbalizer", "bfloat16", nameless=True),
    variant("qwen2-verbalizer", "float32", nameless=True),
]
print("[")
print(",\n".join(json.dumps(v) for v in variants))
print("]")
