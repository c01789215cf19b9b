#!/usr/bin/env python3
"""Token ids that transformers 5 gives for folders of tokenizer files as people have them, settings chosen at random:
make_tokenizer_references.py SEED COUNT OUT.json

The tokenizers are trained here on a few sentences of our own. Needs transformers and tokenizers; versions are written
into the file. src/test/resources/sirkuit/checkpoint/tokenizers.json was made with seed 7, count 150."""
import copy, json, os, random, shutil, sys, tempfile, warnings
warnings.filterwarnings('ignore')
import tokenizers, transformers; transformers.logging.set_verbosity_error()
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import AutoTokenizer

R = random.Random(int(sys.argv[1])); COUNT = int(sys.argv[2])
TEXTS = ["Kopinya ENAK sekali, tapi Mahal!", "\u00e9t\u00e9 CAF\u00c9 na\u00efve", "\u4f60\u597d kopi pagi \u4e16\u754c", "  dua  spasi\tdan\nbaris ",
    "kata [MASK] dan <mask> atau <s> </s> [SEP] itu", "pagi", "panjang sekali " * 6, "<|end|>kata <|pad|> lain",
    "\u01c4 \ufb01kir \uff21\uff22\uff23 2024", "emoji \U0001f600 di sini", "don't we've it's", "<extra_a> barang <extra_b>x", "## ##kopi (##)", "<Extra_C> pagi <extra_c>", "\u0007kata\u200b lain \u2581x"]
MORE = ["kopi pagi ini enak sekali dan tidak mahal", "barang itu datang di pagi hari", "kata lain dari enak adalah sedap", "dua baris kata dan satu spasi"]
P = lambda x: R.random() < x
QWEN2 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"

def around(first, last, types, double=False):
    """A template: first A last [last] B last, as tokenizer.json has it."""
    t = lambda c, k: {"SpecialToken": {"id": c[0], "type_id": k}}
    s = lambda c, k: {"Sequence": {"id": c, "type_id": k}}
    a = ([t(first, 0)] if first else []) + [s("A", 0)] + ([t(last, 0)] if last else [])
    b = ([t(last, 0)] if double else []) + [s("B", types)] + ([t(last, types)] if last else [])
    return {"type": "TemplateProcessing", "single": a, "pair": a + b,
            "special_tokens": {c[0]: {"id": c[0], "ids": [c[1]], "tokens": [c[0]]} for c in (first, last) if c}}

def trained(model, trainer, pre, normal=None, all_texts=True):
    t = Tokenizer(model); t.pre_tokenizer = pre
    if normal: t.normalizer = normal
    t.train_from_iterator((([x for x in TEXTS if x.isprintable()] if all_texts else []) + MORE) * 2, trainer); return json.loads(t.to_str())

def fewer(j):
    """Without some merges, so that some words of the vocabulary are only found whole (ignore_merges)."""
    j['model']['merges'] = [m for i, m in enumerate(j['model']['merges']) if i % 7 != 6]; return j

def byte_level(special, all_bytes=True):
    letters = pre_tokenizers.ByteLevel.alphabet()
    if not all_bytes: letters = [c for c in letters if c < '\u0080']
    j = fewer(trained(models.BPE(), trainers.BpeTrainer(vocab_size=330, special_tokens=special, initial_alphabet=letters), pre_tokenizers.ByteLevel(add_prefix_space=False), all_texts=all_bytes))
    j['model'].update(continuing_subword_prefix='', end_of_word_suffix='')
    j['pre_tokenizer'] = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}; return j

def byte_fallback(special, all_bytes=True):
    j = fewer(trained(models.BPE(fuse_unk=True, byte_fallback=True, unk_token='<unk>'), trainers.BpeTrainer(vocab_size=400, special_tokens=special + ['<0x%02X>' % i for i in range(256 if all_bytes else 200)]), pre_tokenizers.Metaspace(prepend_scheme='first'), all_texts=all_bytes))
    j['added_tokens'] = [a for a in j['added_tokens'] if not a['content'].startswith('<0x')]; return j

def bases():
    b = {}
    w = trained(models.WordPiece(unk_token='[UNK]'), trainers.WordPieceTrainer(vocab_size=170, special_tokens=['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']), pre_tokenizers.BertPreTokenizer(), normalizers.BertNormalizer(lowercase=True))
    w['post_processor'] = around(('[CLS]', 2), ('[SEP]', 3), 1); b['bert'] = w
    r = byte_level(['<s>', '<pad>', '</s>', '<unk>', '<mask>']); r['post_processor'] = around(('<s>', 0), ('</s>', 2), 0, True); b['roberta'] = r
    g = byte_level(['<|pad|>', '<|end|>']); g['post_processor'] = around(None, None, 1); b['gpt2'] = g
    x = trained(models.Unigram(), trainers.UnigramTrainer(vocab_size=150, special_tokens=['<s>', '<pad>', '</s>', '<unk>', '<mask>'], unk_token='<unk>'), pre_tokenizers.Metaspace(), all_texts=False)
    x['model']['vocab'] += [['<0x%02X>' % i, -9.0] for i in range(256)]
    x['pre_tokenizer'] = {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}]}
    x['post_processor'] = around(('<s>', 0), ('</s>', 2), 0, True); b['xlm-roberta'] = x
    q = copy.deepcopy(g); q['normalizer'] = {"type": "NFC"}
    q['pre_tokenizer'] = {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": QWEN2}, "behavior": "Isolated", "invert": False}, {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}]}; b['qwen2'] = q
    l = byte_fallback(['<unk>', '<s>', '</s>']); l['post_processor'] = around(('<s>', 1), None, 1)
    l['pre_tokenizer'] = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": False}; b['llama'] = l
    m = byte_fallback(['<pad>', '<eos>', '<bos>', '<unk>']); m['post_processor'] = around(('<bos>', 2), None, 1)
    m['normalizer'] = {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}
    m['pre_tokenizer'] = {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": False}; b['gemma2'] = m
    for k, few in (('roberta', byte_level(['<s>', '<pad>', '</s>', '<unk>', '<mask>'], False)), ('gpt2', byte_level(['<|pad|>', '<|end|>', '<unk>'], False)),
            ('llama', byte_fallback(['<unk>', '<s>', '</s>'], False)), ('gemma2', byte_fallback(['<pad>', '<eos>', '<bos>', '<unk>'], False))):
        b[k + '-few'] = {**copy.deepcopy(b[k]), 'model': few['model'], 'added_tokens': few['added_tokens']}
    b['qwen2-few'] = {**copy.deepcopy(b['qwen2']), 'model': b['gpt2-few']['model'], 'added_tokens': b['gpt2-few']['added_tokens']}
    for j in b.values(): j['truncation'] = None; j['padding'] = None
    return b

BASES = bases()
ROLES = {'bert': dict(cls_token='[CLS]', sep_token='[SEP]', pad_token='[PAD]', unk_token='[UNK]', mask_token='[MASK]'),
    'roberta': dict(bos_token='<s>', eos_token='</s>', cls_token='<s>', sep_token='</s>', pad_token='<pad>', unk_token='<unk>', mask_token='<mask>'),
    'gpt2': dict(eos_token='<|end|>', pad_token='<|pad|>'), 'llama': dict(unk_token='<unk>', bos_token='<s>', eos_token='</s>'),
    'gemma2': dict(bos_token='<bos>', eos_token='<eos>', pad_token='<pad>', unk_token='<unk>')}
ROLES['xlm-roberta'] = ROLES['roberta']; ROLES['qwen2'] = ROLES['gpt2']
# base, model_type, tokenizer_class
KINDS = [('bert', 'bert', c) for c in ('BertTokenizer', 'BertTokenizerFast', None, 'PreTrainedTokenizerFast', 'DistilBertTokenizerFast', 'ElectraTokenizerFast', 'NoSuchTokenizer')] \
    + [('bert', 'distilbert', c) for c in ('DistilBertTokenizer', 'BertTokenizerFast', None)] + [('roberta', 'roberta', c) for c in ('RobertaTokenizerFast', None, 'PreTrainedTokenizerFast', 'BartTokenizer')] \
    + [('gpt2', 'gpt2', c) for c in ('GPT2TokenizerFast', None, 'PreTrainedTokenizerFast')] + [('xlm-roberta', 'xlm-roberta', c) for c in ('XLMRobertaTokenizerFast', None, 'PreTrainedTokenizerFast')] \
    + [('llama', 'llama', c) for c in ('LlamaTokenizerFast', 'PreTrainedTokenizerFast', None)] + [('llama', 'mistral', 'LlamaTokenizerFast'), ('gpt2', 'modernbert', 'PreTrainedTokenizerFast')] \
    + [('qwen2', 'qwen2', c) for c in ('Qwen2TokenizerFast', None, 'PreTrainedTokenizerFast')] + [('qwen2', 'qwen3', None)] + [('gemma2', 'gemma2', c) for c in ('GemmaTokenizerFast', None, 'PreTrainedTokenizerFast')] + [('gemma2', 'gemma3_text', 'GemmaTokenizer')]

def token(content): return {"content": content, "single_word": P(.3), "lstrip": P(.5), "rstrip": P(.5), "normalized": P(.5), "special": P(.5)}

def variant():
    base, family, cls = R.choice(KINDS)
    kind = base; base += '-few' if base + '-few' in BASES and P(.3) else ''; t = copy.deepcopy(BASES[base]); base, kind = kind, base; k = dict(ROLES[base]); c = {"model_type": family, "transformers_version": "4.57.0"}; files = {}
    size = len(t['model']['vocab']); named = lambda: [x for x in k if x.endswith('_token') and not x.startswith('add_')]
    if cls: k['tokenizer_class'] = cls
    if P(.3): k['do_lower_case'] = P(.5)
    if P(.3): k['strip_accents'] = R.choice([True, False, None])
    if P(.3): k['tokenize_chinese_chars'] = P(.5)
    if P(.3): k['add_prefix_space'] = P(.5)
    if P(.4) and base == 'llama': k['legacy'] = R.choice([True, False, None])
    if P(.4) and base == 'llama': t['pre_tokenizer']['prepend_scheme'] = R.choice(['first', 'always', 'never'])
    if P(.15) and base == 'llama':
        t['normalizer'] = {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "\u2581"}, {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]}; t['pre_tokenizer'] = None
    if P(.4) and t['model']['type'] == 'BPE':
        t['model'].update(fuse_unk=P(.5), byte_fallback=P(.5), ignore_merges=P(.5))
        t['model']['unk_token'] = R.choice([None, '<unk>' if '<unk>' in t['model']['vocab'] else '<|pad|>'])
    if P(.4) and t['model']['type'] == 'Unigram': t['model']['byte_fallback'] = True
    if P(.2) and t['model']['type'] == 'WordPiece': t['model'].update(max_input_chars_per_word=R.choice([4, 100]), continuing_subword_prefix=R.choice(['##', 'a']))
    if P(.3): k['truncation_side'] = R.choice(['left', 'right'])
    if P(.3): k['model_input_names'] = R.choice([['input_ids', 'attention_mask'], ['input_ids', 'token_type_ids', 'attention_mask']])
    if P(.15): k['split_special_tokens'] = True
    if P(.2) and base == 'bert': t['normalizer'].update(lowercase=P(.5), strip_accents=R.choice([None, True, False]), handle_chinese_chars=P(.5), clean_text=P(.5))
    if P(.2) and (t['pre_tokenizer'] or {}).get('type') == 'ByteLevel': t['pre_tokenizer']['add_prefix_space'] = P(.5)
    if P(.2): t['truncation'] = {"direction": R.choice(["Left", "Right"]), "max_length": 7, "strategy": R.choice(["LongestFirst", "OnlyFirst"]), "stride": R.choice([0, 2])}
    if P(.2):
        k['added_tokens_decoder'] = {}
        for a in copy.deepcopy(t['added_tokens']):
            i = a.pop('id'); a['lstrip'] ^= P(.2)
            if P(.9): k['added_tokens_decoder'][str(i)] = a
        if P(.5): k['added_tokens_decoder'][str(size)] = token('<extra_a>')
    else:
        if P(.3):
            m = {x: k.pop(x) for x in named() if P(.6)}
            if P(.3): m = {a: {"content": b, "lstrip": P(.3), "rstrip": False, "normalized": False, "single_word": False} for a, b in m.items()}
            if P(.3): m['additional_special_tokens'] = R.choice([['<extra_b>'], ['<Extra_C>']])
            files['special_tokens_map.json'] = m
        if P(.2): files['added_tokens.json'] = R.choice([{'<extra_a>': size}, {'<Extra_C>': size}])
    if P(.2): t['added_tokens'] = [a for a in t['added_tokens'] if P(.7)]
    if P(.15): k['additional_special_tokens' if P(.5) else 'extra_special_tokens'] = R.choice([['<extra_b>', 'pagi'], ['<extra_b>'], ['<Extra_C>']])
    if P(.1): k['image_token'] = '<extra_a>'
    if P(.15): t['post_processor'] = None
    if P(.08): [k.pop(x) for x in named() if P(.5)]
    old = P(.15) and base in ('bert', 'roberta', 'gpt2') and cls and cls not in ('PreTrainedTokenizerFast', 'NoSuchTokenizer')
    return kind, t, k, c, files, (R.choice(['\n', '\r\n'] + [' \n', '\u3000\r\n'] * (base == 'bert')) if old else None)

def folder(d, t, k, c, files, old):
    write = lambda name, lines: open(d + '/' + name, 'w', newline='').write(''.join(x + old for x in lines))
    if old and t['model']['type'] == 'WordPiece':
        v = t['model']['vocab']; write('vocab.txt', sorted(v, key=v.get))
    elif old:
        json.dump(t['model']['vocab'], open(d + '/vocab.json', 'w')); write('merges.txt', ['#version: 0.2'] + [' '.join(m) for m in t['model']['merges']])
    else: json.dump(t, open(d + '/tokenizer.json', 'w'))
    for f, x in {'tokenizer_config.json': k, 'config.json': c, **files}.items(): json.dump(x, open(d + '/' + f, 'w'))

cases = []
while len(cases) < COUNT:
    base, t, k, c, files, old = variant(); length = R.choice([8, 12, 20, 64])
    with tempfile.TemporaryDirectory() as d:
        folder(d, t, k, c, files, old); tok = AutoTokenizer.from_pretrained(d)
        one = tok(TEXTS, truncation=True, max_length=length); two = tok(TEXTS, TEXTS[::-1], truncation=True, max_length=length)
    outline = dict(t); outline['model'] = {a: b for a, b in t['model'].items() if a not in ('vocab', 'merges')}
    cases.append({"base": base, "lineEnd": old, "outline": outline, "files": {'tokenizer_config.json': k, 'config.json': c, **files}, "maxLength": length,
        "class": type(tok).__name__, "ids": one['input_ids'], "pairIds": two['input_ids'], "pairTypes": two.get('token_type_ids')})
words = {b: {x: t['model'][x] for x in ('vocab', 'merges') if x in t['model']} for b, t in BASES.items()}
out = {"madeWith": "transformers %s, tokenizers %s" % (transformers.__version__, tokenizers.__version__), "texts": TEXTS, "words": words}
with open(sys.argv[3], 'w') as f:
    f.write(json.dumps(out)[:-1] + ', "cases": [\n' + ',\n'.join(json.dumps(c) for c in cases) + '\n]}\n')
