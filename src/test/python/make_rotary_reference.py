"""Makes src/test/resources/sirkuit/transformer/rotary.json: rotary frequencies as transformers computes them.

    python make_rotary_reference.py > rotary.json      # needs torch and transformers 5 (made with 5.18)

Each case is a config.json with, for some layers and lengths of text, the frequencies and the factor of cosine and sine
that the family's own rotary module holds after a pass over a text of that length, and its cosines at the last position.
"""

import importlib
import json
import sys
import tempfile
from pathlib import Path

import torch
from transformers import AutoConfig
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

LAYERS = 4
SIZES = {"hidden_size": 64, "num_hidden_layers": LAYERS, "num_attention_heads": 4, "num_key_value_heads": 2,
         "intermediate_size": 48, "vocab_size": 50, "max_position_embeddings": 64, "pad_token_id": 0}  # fmt: skip
MODULES = {"gemma3_text": ("gemma3", "Gemma3RotaryEmbedding"), "modernbert": ("modernbert", "ModernBertRotaryEmbedding")}
LLAMA3 = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
          "original_max_position_embeddings": 32}  # fmt: skip
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16}
FULL, NEAR = "full_attention", "sliding_attention"
DYNAMIC_LENGTHS = (10, 64, 65, 100, 200)


def cases():
    """Yields name, model_type, fields of config.json, lengths of text."""
    for family in ("llama", "mistral", "qwen2", "qwen3", "gemma2"):
        size = {"head_dim": 24} if family in ("qwen3", "gemma2") else {}
        yield f"{family} as it is", family, size, (20,)
        yield f"{family}, transformers 4", family, {**size, "rope_theta": 500000.0}, (20,)
        yield f"{family}, transformers 5", family, {**size, "rope_parameters": {"rope_theta": 75000.0, "rope_type": "default"}}, (20,)
        for kind, settings, lengths in (
            ("linear", {"rope_type": "linear", "factor": 2.5}, (20,)),
            ("dynamic", {"rope_type": "dynamic", "factor": 2.0}, DYNAMIC_LENGTHS),
            ("llama3", LLAMA3, (20,)),
            ("yarn", YARN, (20, 64)),
        ):
            yield f"{family}, {kind}, transformers 4", family, {**size, "rope_theta": 20000.0, "rope_scaling": settings}, lengths
            yield f"{family}, {kind}, transformers 5", family, {**size, "rope_parameters": {"rope_theta": 20000.0, **settings}}, lengths
    yield "a head size that is not hidden / heads", "llama", {"head_dim": 32}, (20,)
    yield "head_dim null", "llama", {"head_dim": None}, (20,)
    yield "linear under its old name", "llama", {"rope_scaling": {"type": "linear", "factor": 4}}, (20,)
    yield "rope_theta beside rope_parameters", "llama", {"rope_theta": 300.0, "rope_parameters": {"rope_type": "linear", "factor": 3.0}}, (20,)
    yield "llama3 without its original length", "llama", {"rope_scaling": {k: v for k, v in LLAMA3.items() if k[:8] != "original"}}, (20,)
    yield "llama3 over all three ranges", "llama", {"head_dim": 128, "max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": {**LLAMA3, "original_max_position_embeddings": 8192}}, (20,)
    yield "dynamic beside an original length", "llama", {"rope_scaling": {"type": "dynamic", "factor": 3.0, "original_max_position_embeddings": 16}}, (10, 30, 64, 90)
    for name, change in (
        ("an attention factor of its own", {"attention_factor": 0.7}),
        ("both mscales", {"mscale": 0.8, "mscale_all_dim": 0.3}),
        ("one mscale", {"mscale": 0.8}),
        ("an mscale of zero", {"mscale": 0.8, "mscale_all_dim": 0.0}),
        ("untruncated ends", {"truncate": False}),
        ("other betas", {"beta_fast": 16.0, "beta_slow": 2.0}),
        ("betas null", {"beta_fast": None, "beta_slow": None}),
        ("betas of zero", {"beta_fast": 0, "beta_slow": 0}),
        ("betas that leave no slope", {"beta_fast": 1.0, "beta_slow": 1.0, "truncate": False}),
        ("factor null", {"factor": None}),
        ("a factor of one", {"factor": 1.0}),
    ):
        yield f"yarn, {name}", "qwen3", {"head_dim": 64, "rope_parameters": {**YARN, "rope_theta": 1000000.0, **change}}, (20,)
    yield "yarn without its original length", "qwen2", {"rope_scaling": {"type": "yarn", "factor": 4.0}}, (20,)
    apart = {"head_dim": 24, "sliding_window": 8, "layer_types": [NEAR, NEAR, FULL, NEAR]}
    yield "gemma3_text as it is", "gemma3_text", {"head_dim": 24, "num_hidden_layers": 7}, (20,)
    yield "gemma3_text, transformers 4", "gemma3_text", {**apart, "rope_theta": 800000.0, "rope_local_base_freq": 5000.0}, (20,)
    yield "gemma3_text, scaled, transformers 4", "gemma3_text", {**apart, "rope_scaling": {"rope_type": "linear", "factor": 8.0}, "rope_theta": 1000000.0, "rope_local_base_freq": 9000.0}, (20,)
    yield "gemma3_text, transformers 5", "gemma3_text", {**apart, "rope_parameters": {
        FULL: {"rope_type": "linear", "factor": 8.0, "rope_theta": 900000.0}, NEAR: {"rope_type": "default", "rope_theta": 7000.0}}}, (20,)
    yield "gemma3_text, parameters without theta", "gemma3_text", {**apart, "rope_theta": 700000.0, "rope_local_base_freq": 6000.0,
        "rope_parameters": {FULL: {"rope_type": "linear", "factor": 8.0}, NEAR: {"rope_type": "default"}}}, (20,)
    yield "gemma3_text, parameters of one layer type", "gemma3_text", {**apart, "rope_parameters": {FULL: {"rope_type": "default", "rope_theta": 600000.0}}}, (20,)
    yield "gemma3_text, yarn and dynamic", "gemma3_text", {**apart, "rope_parameters": {
        FULL: {**YARN, "rope_theta": 900000.0}, NEAR: {"rope_type": "dynamic", "factor": 2.0, "rope_theta": 7000.0}}}, (20, 64)
    yield "modernbert as it is", "modernbert", {}, (20,)
    yield "modernbert, transformers 4", "modernbert", {"global_attn_every_n_layers": 2, "global_rope_theta": 90000.0, "local_rope_theta": 500.0}, (20,)
    yield "modernbert, transformers 5", "modernbert", {"layer_types": [FULL, NEAR, NEAR, FULL], "rope_parameters": {
        FULL: {"rope_type": "default", "rope_theta": 90000.0}, NEAR: {"rope_type": "linear", "factor": 2.0, "rope_theta": 500.0}}}, (20,)
    yield "modernbert, scaled, transformers 4", "modernbert", {"rope_scaling": {"rope_type": "linear", "factor": 4.0}}, (20,)


def reference(fields, lengths):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "config.json").write_text(json.dumps(fields))
        config = AutoConfig.from_pretrained(folder)
    family = fields["model_type"]
    place, name = MODULES.get(family, (family, family.capitalize() + "RotaryEmbedding"))
    module = getattr(importlib.import_module(f"transformers.models.{place}.modeling_{place}"), name)
    apart = family in MODULES
    for layer_type in sorted(set(config.layer_types)) if apart else [None]:
        layer = config.layer_types.index(layer_type) if apart else 0
        prefix = f"{layer_type}_" if apart else ""
        for length in lengths:
            rotary = module(config)
            cos, _ = rotary(torch.zeros(1, length, 1), torch.arange(length)[None], *([layer_type] if apart else []))
            frequencies = getattr(rotary, prefix + "inv_freq")
            yield {"layer": layer, "length": length, "frequencies": [float(f"{f:.9g}") for f in frequencies.tolist()],
                   "attention": getattr(rotary, prefix + "attention_scaling"),
                   "cosines": [float(f"{f:.9g}") for f in cos[0, -1, : len(frequencies)].tolist()]}  # fmt: skip


def partial():
    """Frequencies of half of each head: no family here has them, so they come from transformers' functions alone."""
    for kind, settings in (("linear", {"factor": 2.5}), ("dynamic", {"factor": 2.0}), ("llama3", LLAMA3), ("yarn", YARN)):
        fields = {"model_type": "llama", **SIZES, "rope_parameters": {"rope_theta": 20000.0, **settings, "rope_type": kind}}
        config = AutoConfig.for_model(**json.loads(json.dumps(fields)))
        config.rope_parameters["partial_rotary_factor"] = 0.5
        frequencies, attention = ROPE_INIT_FUNCTIONS[kind](config, "cpu", seq_len=100)
        yield {"name": f"{kind} on half of each head", "config": fields, "expected": [
            {"layer": 0, "length": 100, "frequencies": [float(f"{f:.9g}") for f in frequencies.tolist()], "attention": attention}]}


found = []
for name, family, change, lengths in cases():
    fields = {"model_type": family, **SIZES, **change}
    found.append({"name": name, "config": fields, "expected": list(reference(json.loads(json.dumps(fields)), lengths))})
json.dump({"whole": found, "partial": list(partial())}, sys.stdout, separators=(",", ":"))
print()
