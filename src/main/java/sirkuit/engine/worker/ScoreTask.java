package sirkuit.engine.worker;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import sirkuit.Problem;
import sirkuit.Version;
import sirkuit.dataset.BalancedSample;
import sirkuit.dataset.Dataset;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.project.Provenance;
import sirkuit.project.ScoreRecord;
import sirkuit.relevance.MeanActivation;
import sirkuit.relevance.RelevanceScoring;
import sirkuit.transformer.Backend;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;

/// Scores heads and reports the scores as they fill in.
record ScoreTask(Backend backend, Models models) {
    private static final long BETWEEN_UPDATES = 100_000_000;

    void run(Request.Score request, Work work) {
        long start = System.nanoTime();
        Models.Loaded loaded = models.open(request.model());
        ProxyModel model = loaded.model();
        Dataset data = Desk.data(request.data(), model.spec());
        BalancedSample.Pair sample =
                BalancedSample.drawPair(data, request.baselineExamples(), request.examples(), request.seed());
        work.tell(new Event.Progress("Averaging head outputs", 0, request.examples()));
        LabelledTokens baseline = loaded.tokens(data.select(sample.baseline()));
        LabelledTokens scored = loaded.tokens(data.select(sample.scored()));
        MeanActivation mean = MeanActivation.over(model, baseline, work::stopPoint);
        RelevanceScoring scoring = new RelevanceScoring(
                request.method(), request.stabilised(), heads(request, model.spec()), request.seed());
        RelevanceScores scores = scoring.score(model, mean, scored, new Updates(work, request), work::stopPoint);
        double seconds = (System.nanoTime() - start) / 1e9;
        work.tell(new Event.Scored(new ScoreRecord(
                ScoreRecord.VERSION,
                request.method(),
                request.stabilised(),
                scores.layers(),
                scores.heads(),
                ScoreRecord.boxed(scores.score()),
                ScoreRecord.boxed(scores.standardError()),
                scores.examples(),
                baseline.size(),
                mean.perLabel(),
                sample.shared(),
                baseline.truncated() + scored.truncated(),
                model.spec().labels(),
                request.model().maxLength(),
                request.seed(),
                seconds,
                provenance(request, loaded, data))));
    }

    private static List<Head> heads(Request.Score request, TransformerSpec spec) {
        if (request.heads() == null) {
            return List.copyOf(HeadMask.all(spec.layers(), spec.heads()).selected());
        }
        // The mask's constructor refuses heads that the model does not have.
        HeadMask some = new HeadMask(spec.layers(), spec.heads(), request.heads(), "asked for");
        if (some.size() == 0) {
            throw new Problem("No head was asked for.", "Name some heads (--heads 0.3,2.1), or none for all.");
        }
        return List.copyOf(some.selected());
    }

    private Provenance provenance(Request.Score request, Models.Loaded loaded, Dataset data) {
        return new Provenance(
                Version.current(),
                request.model().checkpoint(),
                loaded.digest(),
                Map.of(request.data().file(), data.digest()),
                backend.deviceName(),
                backend.version(),
                Instant.now().toString());
    }

    /// Passes scores on, not more often than an eye can follow.
    private static final class Updates implements RelevanceScoring.Listener {
        private final Work work;
        private final Request.Score request;
        private long last;

        Updates(Work work, Request.Score request) {
            this.work = work;
            this.request = request;
        }

        @Override
        public void scored(Supplier<RelevanceScores> soFar, int done, int of) {
            long now = System.nanoTime();
            if (last != 0 && now - last < BETWEEN_UPDATES && done < of) {
                return;
            }
            last = now;
            RelevanceScores scores = soFar.get();
            work.tell(new Event.Progress("Scoring heads", done, of));
            work.tell(new Event.Scoring(
                    request.method(),
                    ScoreRecord.boxed(scores.score()),
                    ScoreRecord.boxed(scores.standardError()),
                    scores.examples(),
                    of));
        }
    }
}
