"""Makes src/test/resources/sirkuit/transformer/logits.json: logits of corner cases as transformers computes them.

    python make_logits_reference.py ../shared/golden > logits.json    # needs torch and transformers 5 (made with 5.18)

1. A text that itself holds the pad token: RoBERTa counts its positions by it.
2. A language model whose file holds an output embedding of its own although `tie_word_embeddings` is true (or false, or not written).
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
PADDED_TEXTS = ["filmnya {pad} bagus sekali!", "{pad}{pad} the food is really good", "makanannya enak {pad}", "{pad}"]
WORDS = [5, 7, 11]
TEXT = "the food is really good"


def rounded(logits):
    return [[float(f"{v:.10g}") for v in row] for row in logits.tolist()]


def holding_pad(case):
    folder = GOLDEN / case / "model"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).double().eval()
    texts = [t.format(pad=tokenizer.pad_token) for t in PADDED_TEXTS]
    batch = tokenizer(texts, padding=True, return_tensors="pt")
    together = model(**batch).logits
    alone = torch.cat([model(**tokenizer([t], return_tensors="pt")).logits for t in texts])
    encoder = case in ("bert", "roberta", "xlm-roberta", "distilbert")
    assert not encoder or torch.allclose(together, alone), case
    return {"case": case, "texts": texts, "logits": rounded(alone)}


def own_output(case, tied):
    """The output embedding is twice the tokens' one, plus 0.1."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(GOLDEN / case / "model", folder, dirs_exist_ok=True)
        weights = load_file(f"{folder}/model.safetensors")
        weights["lm_head.weight"] = weights["model.embed_tokens.weight"] * 2 + 0.1
        save_file(weights, f"{folder}/model.safetensors", metadata={"format": "pt"})
        config = json.loads(Path(folder, "config.json").read_text())
        config.pop("tie_word_embeddings")
        if tied is not None:
            config["tie_word_embeddings"] = tied
        Path(folder, "config.json").write_text(json.dumps(config))
        tokenizer = AutoTokenizer.from_pretrained(folder)
        model = AutoModelForCausalLM.from_pretrained(folder).double().eval()
        logits = model(**tokenizer([TEXT], return_tensors="pt")).logits[:, -1, WORDS]
    return {"case": case, "tie_word_embeddings": tied, "text": TEXT, "words": WORDS, "logits": rounded(logits)}


with torch.no_grad():
    json.dump(
        {
            "holding pad": [holding_pad(c) for c in ("bert", "roberta", "xlm-roberta", "distilbert", "gpt2", "llama")],
            "own output": [own_output("qwen2-verbalizer", tied) for tied in (True, False, None)],
        },
        sys.stdout,
        indent=1,
    )
print()
