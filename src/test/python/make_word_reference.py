"""Makes src/test/resources/sirkuit/engine/worker/words.json: what each word adds to the answer, as transformers computes it in float64.

    python make_word_reference.py ../shared/golden words.json    # needs torch and transformers 5 (made with 5.18)

For each classifier and three of its texts, toward the predicted class (its logit minus the mean of the others):
gradient x input of the token embeddings (`inputs_embeds`), summed over the tokens of each word, and the margin that is
lost when the word is left out of the text.
"""

import json
import re
import sys
from pathlib import Path
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

golden, out = Path(sys.argv[1]), sys.argv[2]
WORD = re.compile(r"\w+(?:[-']\w+)*|[^\w\s]")


def margin(l, y):
    return l[y] - (l.sum() - l[y]) / (len(l) - 1)


def rounded(x):
    return round(float(x), 8)


res = {}
for case in sorted(golden.iterdir()):
    e = json.loads((case/'expected.json').read_text())
    if case.name.endswith('verbalizer'):
        continue
    m = AutoModelForSequenceClassification.from_pretrained(case/'model', torch_dtype=torch.float64, attn_implementation='eager').eval()
    tok = AutoTokenizer.from_pretrained(case/'model')
    emb = m.get_input_embeddings()
    cases = []
    for text in [t for t in e['texts'] if len(WORD.findall(t)) > 3][:3]:
        enc = tok(text, return_offsets_mapping=True, return_special_tokens_mask=True)
        ids = torch.tensor([enc['input_ids']])
        plain = m(input_ids=ids).logits[0].detach()
        x = torch.nn.Embedding.forward(emb, ids).detach().requires_grad_(True)
        scaled = x * getattr(emb, 'embed_scale', 1.0)
        l = m(inputs_embeds=scaled).logits[0]
        assert (l - plain).abs().max() < 1e-9, (case.name, l, plain)
        y = int(l.argmax())
        margin(l, y).backward()
        g = (x.grad * x).sum(-1)[0]
        words, rest = [], 0.0
        spans = [w.span() for w in WORD.finditer(text)]
        sums = [0.0] * len(spans)
        for t, (s, en) in enumerate(enc['offset_mapping']):
            hit = [k for k, (a, b) in enumerate(spans) if s < b and a < en]
            if enc['special_tokens_mask'][t]:
                rest += float(g[t])
            elif not hit:
                later = [k for k, (a, b) in enumerate(spans) if a >= s] or [len(spans)-1]
                sums[later[0]] += float(g[t])
            else:
                assert len(hit) == 1, (case.name, text, hit)
                sums[hit[0]] += float(g[t])
        for k, (a, b) in enumerate(spans):
            left = text[:a] + text[b:]
            before = a == 0 or text[a-1].isspace(); after = b == len(text) or text[b].isspace()
            if before and after:
                left = text[:a] + text[b+1:] if b < len(text) else text[:max(0, a-1)] + text[b:]
            lo = m(input_ids=torch.tensor([tok(left)['input_ids']])).logits[0].detach()
            words.append({'text': text[a:b], 'gradient': rounded(sums[k]), 'leftOut': rounded(margin(plain, y) - margin(lo, y))})
        cases.append({'text': text, 'label': y, 'margin': rounded(margin(plain, y)), 'rest': rounded(rest), 'words': words})
    res[case.name] = cases
Path(out).write_text(json.dumps(res, ensure_ascii=False).replace('{"text"', '\n{"text"') + '\n')
