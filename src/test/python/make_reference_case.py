"""Makes a reference case for `sirkuit verify`: a tiny random checkpoint and, beside it, `expected.json`.

    python make_reference_case.py FOLDER [--pooling mean] [--seed N]      # needs torch, transformers 5, tokenizers

Everything is computed in float64 by PyTorch, as docs/scores.md and the papers it names say, and shares nothing with the
Java code. For another family write what the section "The family" holds: how the checkpoint is made, its forward
pass in the operations of "The rules", and which entries are trainable. `main` compares the forward pass with the
model of transformers before anything else is believed.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import ModernBertConfig, ModernBertForSequenceClassification, PreTrainedTokenizerFast

LABELS = ["negative", "neutral", "positive"]
TEXTS = [  # uneven classes, uneven lengths, one that is cut off at MAX_LENGTH
    ("kopinya harum dan pas di lidah", 2),
    ("a warm little place, we will surely come back", 2),
    ("suka sekali!", 2),
    ("kamarnya bersih, wangi, dan stafnya selalu siap membantu kami dengan senyum ramah setiap pagi", 2),
    ("the staff was kind", 2),
    ("sotonya dingin dan hambar", 0),
    ("we waited for an hour and nobody said sorry", 0),
    ("kapok — jangan ke sini", 0),
    ("the room smelled of smoke, the bed was hard", 0),
    ("toko tutup pukul sembilan malam", 1),
    ("the train leaves at 7.45 from platform two", 1),
    ("alamatnya di jalan merdeka", 1),
]
MAX_LENGTH = 20
TUNING = {"heads": [[0, 1], [2, 2], [1, 0], [3, 3]], "steps": 3, "learning_rate": 1e-3, "weight_decay": 0.01}


# ---- The rules: each operation on a tensor of the unchanged pass, or on its two parts (CD-T, arXiv 2407.00886) ----


@dataclass
class Split:
    """An activation's relevant part beta and irrelevant part gamma; their sum is the unchanged activation."""

    beta: torch.Tensor
    gamma: torch.Tensor
    stabilised: bool


def total(x):
    return x.beta + x.gamma if isinstance(x, Split) else x


def each(x, f):
    """A linear f without bias, on both parts."""
    return Split(f(x.beta), f(x.gamma), x.stabilised) if isinstance(x, Split) else f(x)


def settle(x):
    """The stabilised variant: where the parts have opposite signs the larger takes the whole total."""
    if not isinstance(x, Split) or not x.stabilised:
        return x
    opposite, beta_wins = x.beta * x.gamma < 0, x.beta.abs() > x.gamma.abs()
    beta = torch.where(opposite, total(x) * beta_wins, x.beta)
    return Split(beta, torch.where(opposite, total(x) * ~beta_wins, x.gamma), True)


def with_bias(x, sizes, bias):
    """Shares a bias out in proportion to the magnitudes of the parts of `sizes`."""
    if bias is None:
        return x
    if not isinstance(x, Split):
        return x + bias
    beta, gamma = sizes.beta.abs(), sizes.gamma.abs()
    whole = beta + gamma + 1e-8
    return Split(x.beta + bias * beta / whole, x.gamma + bias * gamma / whole, x.stabilised)


def linear_unsettled(x, weight, bias=None):
    mapped = each(x, lambda a: a @ weight.T)
    return with_bias(mapped, mapped, bias)


def linear(x, weight, bias=None):
    return settle(linear_unsettled(x, weight, bias))


def layer_norm(x, weight, bias, epsilon):
    deviation = (total(x).var(-1, unbiased=False, keepdim=True) + epsilon).sqrt()
    return settle(with_bias(each(x, lambda a: (a - a.mean(-1, keepdim=True)) / deviation * weight), x, bias))


def add(x, y):
    """x + y, where a tensor beside two parts is all irrelevant."""
    if isinstance(y, Split) and not isinstance(x, Split):
        x = Split(torch.zeros_like(x), x, y.stabilised)
    return settle(Split(x.beta + y.beta, x.gamma + y.gamma, y.stabilised)) if isinstance(y, Split) else x + y


def activate(f, *xs):
    """f of the totals minus f of the irrelevant parts."""
    if not isinstance(xs[0], Split):
        return f(*xs)
    rest = f(*(x.gamma for x in xs))
    return Split(f(*map(total, xs)) - rest, rest, xs[0].stabilised)


def mix(pattern, values, heads):
    """(B, H, T, T) times (B, T, H d_head), head by head."""
    return settle(each(values, lambda v: (pattern @ by_head(v, heads)).transpose(1, 2).flatten(2)))


def by_head(x, heads):
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def in_head(x):
    """The readout is not stabilised."""
    return Split(x.beta, x.gamma, False) if isinstance(x, Split) else x


# ---- The family ----


def make_model(vocabulary, pooling, special):
    config = ModernBertConfig(
        vocab_size=vocabulary, hidden_size=32, intermediate_size=40, num_hidden_layers=4, num_attention_heads=4,
        max_position_embeddings=64, local_attention=8, global_attn_every_n_layers=3, classifier_pooling=pooling,
        id2label=dict(enumerate(LABELS)), label2id={name: i for i, name in enumerate(LABELS)}, **special,
    )  # fmt: skip
    model = ModernBertForSequenceClassification(config)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            noise = torch.randn_like(weight)
            weight.copy_(1 + 0.2 * noise if "norm" in name else noise if "tok_emb" in name else 0.25 * noise)
    return model.float().eval()


def logits(p, config, ids, mask, tap=lambda layer, z: z):
    """The forward pass.

    :param p: tensors by their names in the file
    :param ids: (B, T)
    :param mask: (B, T) 1 where there is a token
    :param tap: gets each layer's head outputs z (B, T, H d_head), gives what to go on with
    :return: (B, C)
    """

    def norm(x, name):
        return layer_norm(x, p[name + ".weight"], p.get(name + ".bias"), config.norm_eps)

    heads = config.num_attention_heads
    position = torch.arange(ids.shape[1])
    x = norm(p["model.embeddings.tok_embeddings.weight"][ids], "model.embeddings.norm")
    for i in range(config.num_hidden_layers):
        layer, kind = f"model.layers.{i}.", config.layer_types[i]
        seen = norm(x, layer + "attn_norm") if i > 0 else x
        query, key, value = p[layer + "attn.Wqkv.weight"].chunk(3)
        theta = config.rope_parameters[kind]["rope_theta"]
        q, k = (turn(by_head(total(seen) @ w.T, heads), position, theta) for w in (query, key))
        sees = mask[:, None, None, :].bool()
        if kind == "sliding_attention":
            sees = sees & ((position[:, None] - position).abs() <= config.local_attention // 2)
        scores = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
        pattern = scores.masked_fill(~sees, torch.finfo(scores.dtype).min).softmax(-1)
        z = tap(i, mix(pattern, linear_unsettled(seen, value), heads))
        x = add(x, linear(z, p[layer + "attn.Wo.weight"]))
        opened, gated = (linear(norm(x, layer + "mlp_norm"), w) for w in p[layer + "mlp.Wi.weight"].chunk(2))
        x = add(x, linear(activate(lambda a, b: F.gelu(a) * b, opened, gated), p[layer + "mlp.Wo.weight"]))
    share = mask / mask.sum(1, keepdim=True) if config.classifier_pooling == "mean" else position == 0
    row = in_head(each(norm(x, "model.final_norm"), lambda a: (a * share[..., None]).sum(1)))
    row = norm(activate(F.gelu, linear(row, p["head.dense.weight"], p.get("head.dense.bias"))), "head.norm")
    return linear(row, p["classifier.weight"], p["classifier.bias"])


def turn(x, position, theta):
    """Rotary positions: x (B, H, T, d_head), entries j and j + d_head/2 by position * theta^(-2j/d_head)."""
    half = x.shape[-1] // 2
    angle = position[:, None] * theta ** (-torch.arange(half, dtype=x.dtype) / half)
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin()], -1)


def trainable(p, config, heads):
    """For each tensor with trainable entries a mask of them: rows of W_Q, W_K, W_V, columns of W_O, every norm."""
    masks = {name: torch.ones_like(t) for name, t in p.items() if "norm" in name}
    d, size = config.hidden_size, config.hidden_size // config.num_attention_heads
    for layer, head in heads:
        fused, output = f"model.layers.{layer}.attn.Wqkv.weight", f"model.layers.{layer}.attn.Wo.weight"
        for name in (fused, output):
            masks.setdefault(name, torch.zeros_like(p[name]))
        masks[fused].view(3, d, d)[:, head * size : (head + 1) * size] = 1
        masks[output][:, head * size : (head + 1) * size] = 1
    return masks


# ---- The quantities, for any family ----


def margin(values, gold):
    """v_y minus the mean of the other classes: (..., C) and (...) to (...)."""
    own = values.gather(-1, gold[..., None]).squeeze(-1)
    return own - (values.sum(-1) - own) / (values.shape[-1] - 1)


def mean_activation(zs, mask, gold):
    """Mean over valid positions, then over the examples of a label, then over labels: (H d_head) a layer."""
    share = (mask / mask.sum(1, keepdim=True))[..., None]
    return [torch.stack([(z * share).sum(1)[gold == y].mean(0) for y in gold.unique()]).mean(0) for z in zs]


def decompose(run, zs, means, heads, mask, source, stabilised):
    """(beta, gamma) of the logits (B, C), and how much each later head hands on of the source, (L, H)."""
    layer, head = source
    size = zs[0].shape[-1] // heads
    own = torch.zeros(zs[0].shape[-1])
    own[head * size : (head + 1) * size] = 1
    shares = torch.zeros(len(zs), heads)

    def tap(i, z):
        if i == layer:
            beta = (z - means[i]) * own
            return Split(beta, z - beta, stabilised)
        if i > layer:
            beta, gamma = ((by_head(a, heads).norm(dim=-1) * mask[:, None]).sum(-1) for a in (z.beta, z.gamma))
            shares[i] = (beta / (beta + gamma)).mean(0)
        return z

    out = run(tap)
    return out.beta, out.gamma, shares


def contextual_decomposition(run, zs, means, heads, mask, gold, stabilised):
    directional, magnitude, relevant, edges = [], [], [], []
    for source in [(i, h) for i in range(len(zs)) for h in range(heads)]:
        beta, gamma, shares = decompose(run, zs, means, heads, mask, source, stabilised)
        torch.testing.assert_close(beta + gamma, run(), rtol=1e-6, atol=1e-8)
        directional.append(margin(beta, gold).mean())
        magnitude.append((beta.abs().sum(-1) / gamma.abs().sum(-1)).mean())
        relevant.append(beta)
        edges.append(shares)
    return [torch.stack(s).unflatten(0, (len(zs), heads)) for s in (directional, magnitude, relevant, edges)]


def gradient(run, means, heads, mask, gold):
    zs = []

    def tap(i, z):
        zs.append(z if z.requires_grad else z.requires_grad_())
        return zs[-1]

    slopes = torch.autograd.grad(margin(run(tap), gold).sum(), zs)
    each_head = [by_head(g * (z - m), heads).sum(-1) * mask[:, None] for g, z, m in zip(slopes, zs, means)]
    return torch.stack([e.sum(-1).mean(0) for e in each_head]).detach()


def mean_ablation(run, zs, means, heads, gold):
    size = zs[0].shape[-1] // heads
    whole = margin(run(), gold)
    scores = torch.zeros(len(zs), heads)
    for layer in range(len(zs)):
        for head in range(heads):
            own = slice(head * size, (head + 1) * size)

            def tap(i, z):
                if i == layer:
                    z = z.clone()
                    z[..., own] = means[i][own]
                return z

            scores[layer, head] = (whole - margin(run(tap), gold)).mean()
    return scores


def finetune(p, forward, masks, gold, steps, learning_rate, weight_decay):
    """AdamW on the masked entries alone, all examples in each step: losses, and the tensors afterwards."""
    now = {name: t.clone().requires_grad_(name in masks) for name, t in p.items()}
    moments = {name: (torch.zeros_like(m), torch.zeros_like(m)) for name, m in masks.items()}
    losses = []
    for step in range(1, steps + 1):
        loss = F.cross_entropy(forward(now), gold)
        losses.append(loss.item())
        for name, slope in zip(masks, torch.autograd.grad(loss, [now[n] for n in masks])):
            first, second = moments[name]
            first.lerp_(slope, 1 - 0.9)
            second.lerp_(slope**2, 1 - 0.999)
            change = first / (1 - 0.9**step) / ((second / (1 - 0.999**step)).sqrt() + 1e-8)
            decay = weight_decay if masks[name].dim() == 2 else 0
            with torch.no_grad():
                now[name] -= learning_rate * (change + decay * now[name]) * masks[name]
    return losses, {name: t.detach() for name, t in now.items()}


# ---- The case ----


def make_tokenizer(folder):
    """A byte-level BPE of the texts, saved as tokenizer.json; gives the ids of the special tokens for the config."""
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    tokenizer.train_from_iterator([t for t, _ in TEXTS], trainers.BpeTrainer(vocab_size=220, special_tokens=special))
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", cls), ("[SEP]", sep)]
    )
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names)
    fast.save_pretrained(folder)
    special_ids = {"pad_token_id": 0, "cls_token_id": cls, "bos_token_id": cls, "sep_token_id": sep, "eos_token_id": sep}
    return fast, special_ids


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="gets model/ and expected.json")
    parser.add_argument("--pooling", default="cls", choices=["cls", "mean"], help="what the classifier reads")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    tokenizer, special = make_tokenizer(arguments.folder / "model")
    model = make_model(len(tokenizer), arguments.pooling, special)
    model.save_pretrained(arguments.folder / "model")

    torch.set_default_dtype(torch.float64)
    config, heads = model.config, model.config.num_attention_heads
    p = {name: t.detach().double() for name, t in model.state_dict().items()}
    gold = torch.tensor([y for _, y in TEXTS])
    tokens = tokenizer([t for t, _ in TEXTS], padding=True, truncation=True, max_length=MAX_LENGTH, return_tensors="pt")
    ids, mask = tokens["input_ids"], tokens["attention_mask"]

    def run(tap=lambda i, z: z):
        return logits(p, config, ids, mask, tap)

    theirs = model.double()(input_ids=ids, attention_mask=mask).logits
    torch.testing.assert_close(run(), theirs, rtol=0, atol=1e-5)  # transformers turns and weighs attention in float32
    zs = []
    run(lambda i, z: zs.append(z) or z)
    means = mean_activation(zs, mask, gold)
    directional, magnitude, relevant, edges = contextual_decomposition(run, zs, means, heads, mask, gold, False)
    stabilised = contextual_decomposition(run, zs, means, heads, mask, gold, True)
    masks = trainable(p, config, TUNING["heads"])
    tuning = {k: TUNING[k] for k in ("steps", "learning_rate", "weight_decay")}
    losses, after = finetune(p, lambda q: logits(q, config, ids, mask), masks, gold, **tuning)
    expected = {
        "format": 1,
        "model_type": config.model_type,
        "task": "sequence-classification",
        "texts": [t for t, _ in TEXTS],
        "labels": gold,
        "max_length": MAX_LENGTH,
        "input_ids": ids,
        "attention_mask": mask,
        "logits": run(),
        "mean_activation": torch.stack(means).unflatten(-1, (heads, -1)),
        "cdt": {"directional": directional, "magnitude": magnitude, "relevant_logits": relevant},
        "cdt_stabilised": {"directional": stabilised[0], "magnitude": stabilised[1], "relevant_logits": stabilised[2]},
        "gradient": gradient(run, means, heads, mask, gold),
        "mean_ablation": mean_ablation(run, zs, means, heads, gold),
        "edges": edges,
        "masked_finetuning": {
            **TUNING,
            "losses": losses,
            "logits_after": logits(after, config, ids, mask),
            "trainable_parameters": int(sum(m.sum() for m in masks.values())),
            "changed": {
                name: {
                    "trainable": int(masks[name].sum()),
                    "sum_delta": (after[name] - p[name]).sum(),
                    "sum_abs_delta": (after[name] - p[name]).abs().sum(),
                }
                for name in masks
            },
        },
    }
    text = json.dumps(expected, default=lambda t: t.tolist(), ensure_ascii=False)
    (arguments.folder / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
