package sirkuit.engine.worker;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Piece;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.dataset.Dataset.Example;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.Work;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.relevance.AttentionPattern;
import sirkuit.relevance.Faithfulness;
import sirkuit.relevance.RelevanceScoring;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.NotFinite;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.tuning.Evaluation;

/// The model's answer to one text, explained.
record ExplainTask(Models models) {
    void explain(Request.Explain request, Work work) {
        Models.Loaded loaded = models.open(request.model());
        Text text = read(request, loaded);
        ProxyModel model = loaded.model();
        float[] logits = Evaluation.logits(model.network(), model.manager(), text.labelled(0), work::stopPoint);
        work.tell(explained(request, loaded, text, logits, true, work));
    }

    void whatIf(Request.WhatIf request, Work work) {
        Request.Explain explain = request.plain();
        Models.Loaded loaded = models.open(explain.model());
        Text text = read(explain, loaded);
        TransformerSpec spec = loaded.model().spec();
        MeanActivation mean = null;
        if (!request.toZero()) {
            if (explain.baseline() == null) {
                throw Problem.of("engine.worker.no-baseline-data");
            }
            mean = loaded.mean(explain.baseline(), work::stopPoint);
        }
        HeadMask off = new HeadMask(spec.layers(), spec.heads(), request.off(), "off");
        float[] logits = new Faithfulness(loaded.model(), mean).logits(off, text.labelled(0), work::stopPoint);
        work.tell(explained(explain, loaded, text, logits, false, work));
    }

    private record Text(Tokens tokens, List<Piece> pieces) {
        LabelledTokens labelled(int label) {
            return new LabelledTokens(List.of(tokens), new int[] {label});
        }
    }

    private static Text read(Request.Explain request, Models.Loaded loaded) {
        if (request.text().isBlank()) {
            throw Problem.of("engine.worker.no-text");
        }
        Example example = new Example(request.text(), request.pair(), 0);
        LabelledTokens tokens = loaded.tokens(List.of(example));
        return new Text(tokens.tokens().getFirst(), loaded.reading().piecesOfTexts(example));
    }

    private Event.Explained explained(
            Request.Explain request,
            Models.Loaded loaded,
            Text text,
            float[] logits,
            boolean contributions,
            Work work) {
        ProxyModel model = loaded.model();
        double[] probabilities = softmax(logits);
        int predicted = 0;
        for (int c = 1; c < probabilities.length; c++) {
            predicted = probabilities[c] > probabilities[predicted] ? c : predicted;
        }
        if (!Double.isFinite(probabilities[predicted])) {
            throw NotFinite.problem(model, text.labelled(0));
        }
        Head head = request.head();
        return new Event.Explained(
                text.pieces.stream()
                        .map(p -> new Event.Explained.Token(p.text(), p.start(), p.end(), p.part()))
                        .toList(),
                model.spec().labels(),
                probabilities,
                predicted,
                contributions ? contributions(request, loaded, text.labelled(predicted), work) : null,
                head == null ? null : AttentionPattern.of(model, text.labelled(0), head, work::stopPoint),
                text.tokens.truncated());
    }

    private static double @Nullable [][] contributions(
            Request.Explain request, Models.Loaded loaded, LabelledTokens text, Work work) {
        if (request.baseline() == null) {
            return null;
        }
        TransformerSpec spec = loaded.model().spec();
        List<Head> all = List.copyOf(HeadMask.all(spec.layers(), spec.heads()).selected());
        RelevanceScores scores = new RelevanceScoring(ScoreMethod.CDT, false, all, 0)
                .score(
                        loaded.model(),
                        loaded.mean(request.baseline(), work::stopPoint),
                        text,
                        (soFar, done, of) -> {},
                        work::stopPoint);
        return scores.score();
    }

    /// Probabilities of the classes.
    static double[] softmax(float[] logits) {
        double top = Double.NEGATIVE_INFINITY;
        for (float v : logits) {
            top = Math.max(top, v);
        }
        double[] e = new double[logits.length];
        for (int c = 0; c < e.length; c++) {
            e[c] = Math.exp(logits[c] - top);
        }
        double sum = Arrays.stream(e).sum();
        return Arrays.stream(e).map(v -> v / sum).toArray();
    }
}
