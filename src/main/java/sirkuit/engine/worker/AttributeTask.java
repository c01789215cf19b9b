package sirkuit.engine.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.dataset.Dataset.Example;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.Work;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.relevance.Faithfulness;
import sirkuit.relevance.InputGradient;
import sirkuit.relevance.baseline.Margin;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.NotFinite;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.tuning.Evaluation;

/// How much each word of a text pushes toward a class.
record AttributeTask(Models models) {
    private static final int TOGETHER = 16;

    void run(Request.Attribute request, Work work) {
        Models.Loaded loaded = models.open(request.model());
        ProxyModel model = loaded.model();
        TransformerSpec spec = model.spec();
        if (request.text().isBlank()) {
            throw Problem.of("engine.worker.no-text");
        }
        Integer label = request.label();
        if (label != null && (label < 0 || label >= spec.classes())) {
            throw Problem.of("engine.worker.no-such-class", label, spec.classes());
        }
        HeadMask off = request.off() == null ? HeadMask.none(spec.layers(), spec.heads()) : request.off();
        off.requireShape(spec.layers(), spec.heads());
        MeanActivation mean = off.size() == 0 ? null : mean(request, loaded, work);
        Example example = new Example(request.text(), request.pair(), 0);
        LabelledTokens text = loaded.tokens(List.of(example));
        WordSpans spans = WordSpans.of(example, loaded.reading().piecesOfTexts(example));
        InputGradient.Values values =
                new InputGradient(model.network(), model.manager(), off, mean).of(text, label, work::stopPoint);
        double[] probabilities = ExplainTask.softmax(values.logits());
        if (!Arrays.stream(probabilities).allMatch(Double::isFinite)) {
            throw NotFinite.problem(model, text);
        }
        double margin = Margin.of(values.logits(), 0, spec.classes(), values.label());
        double[] without = request.leaveOut() ? leftOut(loaded, off, mean, example, spans, values.label(), work) : null;
        double[] sums = new double[spans.words().size()];
        double rest = 0;
        for (int t = 0; t < values.values().length; t++) {
            int word = spans.ofToken()[t];
            if (word < 0) {
                rest += values.values()[t];
            } else {
                sums[word] += values.values()[t];
            }
        }
        work.tell(new Event.Attributed(
                words(example, spans, sums, margin, without),
                spec.labels(),
                probabilities,
                values.predicted(),
                values.label(),
                margin,
                rest,
                text.tokens().getFirst().truncated()));
    }

    private static MeanActivation mean(Request.Attribute request, Models.Loaded loaded, Work work) {
        if (request.baseline() == null) {
            throw Problem.of("engine.worker.no-baseline-data");
        }
        return loaded.mean(request.baseline(), work::stopPoint);
    }

    /// The margin without each word; NaN where nothing would be left.
    private static double[] leftOut(
            Models.Loaded loaded,
            HeadMask off,
            @Nullable MeanActivation mean,
            Example example,
            WordSpans spans,
            int label,
            Work work) {
        double[] margins = new double[spans.words().size()];
        Arrays.fill(margins, Double.NaN);
        List<Integer> which = new ArrayList<>();
        List<Example> shorter = new ArrayList<>();
        for (int w = 0; w < margins.length; w++) {
            Example without = without(example, spans.words().get(w));
            if (without != null) {
                which.add(w);
                shorter.add(without);
            }
        }
        if (which.isEmpty()) {
            return margins;
        }
        LabelledTokens texts = loaded.tokens(shorter);
        float[][] logits = logits(loaded.model(), off, mean, texts, work);
        for (int i = 0; i < logits.length; i++) {
            margins[which.get(i)] = Margin.of(logits[i], 0, logits[i].length, label);
        }
        return margins;
    }

    private static @Nullable Example without(Example example, WordSpans.Span word) {
        String of = word.part() == 0 ? example.text() : Objects.requireNonNull(example.pair());
        String left = word.leftOutOf(of);
        if (left.isBlank()) {
            return null;
        }
        return word.part() == 0
                ? new Example(left, example.pair(), example.label())
                : new Example(example.text(), left, example.label());
    }

    /// @return (N, C)
    private static float[][] logits(
            ProxyModel model, HeadMask off, @Nullable MeanActivation mean, LabelledTokens texts, Work work) {
        if (off.size() == 0) {
            return Evaluation.logits(model.network(), model.manager(), model.memory(), texts, work::stopPoint);
        }
        int classes = model.spec().classes();
        Faithfulness without = new Faithfulness(model, mean);
        float[][] all = new float[texts.size()][];
        int together = model.memory().fitting(TOGETHER, model.spec().activationBytes(texts.longest(), 1));
        model.memory().portions(texts.byLength(together), block -> {
            work.stopPoint();
            float[] logits = without.logits(off, texts.select(block), work::stopPoint);
            for (int b = 0; b < block.size(); b++) {
                all[block.get(b)] = Arrays.copyOfRange(logits, b * classes, (b + 1) * classes);
            }
        });
        return all;
    }

    private static List<Event.Attributed.Word> words(
            Example example, WordSpans spans, double[] sums, double margin, double @Nullable [] without) {
        List<Event.Attributed.Word> words = new ArrayList<>();
        for (int w = 0; w < sums.length; w++) {
            WordSpans.Span s = spans.words().get(w);
            String of = s.part() == 0 ? example.text() : Objects.requireNonNull(example.pair());
            boolean known = without != null && !Double.isNaN(without[w]);
            words.add(new Event.Attributed.Word(
                    of.substring(s.start(), s.end()),
                    s.part(),
                    s.start(),
                    s.end(),
                    sums[w],
                    known ? margin - Objects.requireNonNull(without)[w] : null));
        }
        return words;
    }
}
