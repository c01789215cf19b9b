package sirkuit.engine.worker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.dataset.Dataset;
import sirkuit.engine.work.Measuring;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.UnknownWords;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.NotFinite;
import sirkuit.transformer.ProxyModel;
import sirkuit.tuning.Evaluation;

/// A checkpoint's prediction for each text of a file, sent as it is computed. Only some rows are in memory at a time.
record PredictTask(Models models) {
    /// The number of rows that are sent together.
    static final int TOGETHER = 512;

    private static final float DECIMALS = 1e5f;

    void run(Request.Predict request, Work work) {
        Models.Loaded loaded = models.open(request.model());
        Dataset data = Measuring.data(loaded, request.data(), work);
        if (request.from() < 0 || request.from() >= data.size()) {
            throw Problem.of(
                    "engine.worker.row-out-of-range", data.file(), data.size(), request.from(), data.size() - 1);
        }
        new Rows(loaded, data, request.from(), work).tell();
    }

    private static final class Rows {
        private final Models.Loaded loaded;
        private final ProxyModel model;
        private final Dataset data;
        private final Work work;
        private final long start = System.nanoTime();
        private int skip;
        private int next;
        private int truncated;
        private final UnknownWords unknown;
        private @Nullable Evaluation sum;

        Rows(Models.Loaded loaded, Dataset data, int from, Work work) {
            this.loaded = loaded;
            this.data = data;
            this.work = work;
            model = loaded.model();
            unknown = new UnknownWords(loaded.tokenizer());
            skip = from;
            next = from;
        }

        void tell() {
            data.forEach(TOGETHER, some -> {
                work.stopPoint();
                int left = Math.min(skip, some.size());
                skip -= left;
                if (left < some.size()) {
                    tell(some.subList(left, some.size()));
                }
            });
            if (truncated > 0) {
                work.tell(Event.Noted.of(Measuring.cut(loaded, truncated, data.size())));
            }
            unknown.note(data.file().toString()).ifPresent(note -> work.tell(Event.Noted.of(note)));
            if (sum != null) {
                Measuring.noteDoubt(data, sum, work);
                work.tell(new Event.Measured(
                        Measuring.quality(sum), model.spec().labels(), (System.nanoTime() - start) / 1e9));
            }
        }

        private void tell(List<Dataset.Example> some) {
            LabelledTokens tokens = loaded.tokens(some);
            truncated += tokens.truncated();
            unknown.add(tokens);
            float[][] logits =
                    Evaluation.logits(model.network(), model.manager(), model.memory(), tokens, work::stopPoint);
            Evaluation e = Evaluation.of(logits, tokens.labels());
            if (!Double.isFinite(e.loss())) {
                throw NotFinite.problem(model, tokens);
            }
            sum = sum == null ? e : sum.plus(e);
            List<Event.Predicted.Row> rows = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                rows.add(row(some.get(i), logits[i]));
            }
            work.tell(new Event.Predicted(next, data.size(), model.spec().labels(), rows));
            next += some.size();
            work.tell(new Event.Progress(Stage.PREDICTING, next, data.size()));
        }
    }

    private static Event.Predicted.Row row(Dataset.Example example, float[] logits) {
        double[] exact = ExplainTask.softmax(logits);
        float[] probabilities = new float[logits.length];
        int predicted = 0;
        for (int c = 0; c < logits.length; c++) {
            predicted = logits[c] > logits[predicted] ? c : predicted;
            probabilities[c] = Math.round(exact[c] * DECIMALS) / DECIMALS;
        }
        return new Event.Predicted.Row(
                example.text(), example.pair(), example.label(), example.language(), predicted, probabilities);
    }
}
