package sirkuit.engine.worker;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.dataset.BalancedSample;
import sirkuit.dataset.Dataset;
import sirkuit.device.Backend;
import sirkuit.engine.work.Measuring;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.ThisMachine;
import sirkuit.engine.work.UnknownWords;
import sirkuit.engine.work.Work;
import sirkuit.mask.Head;
import sirkuit.mask.HeadEdges;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.mask.TopKConfidence;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;
import sirkuit.record.Defaults;
import sirkuit.record.LabelBinding;
import sirkuit.record.Provenance;
import sirkuit.record.ScoreRecord;
import sirkuit.relevance.Refinement;
import sirkuit.relevance.RelevanceScoring;
import sirkuit.relevance.ScoreTable;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.NotFinite;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;

/// Scores heads and reports the scores as they fill in.
record ScoreTask(Backend backend, Models models) {
    private static final long BETWEEN_UPDATES = 100_000_000;

    void run(Request.Score request, Work work) {
        long start = System.nanoTime();
        Models.Loaded loaded = models.open(request.model());
        ProxyModel model = loaded.model();
        Dataset data = Measuring.data(loaded, request.data(), work);
        BalancedSample.Pair sample =
                BalancedSample.drawPair(data, request.baselineExamples(), request.examples(), request.seed());
        work.tell(new Event.Progress(Stage.AVERAGING, 0, request.examples()));
        LabelledTokens baseline = loaded.tokens(data.select(sample.baseline()));
        LabelledTokens scored = loaded.tokens(data.select(sample.scored()));
        int cut = note(work, loaded, request, sample, baseline, scored);
        MeanActivation mean = MeanActivation.over(model, baseline, work::stopPoint);
        Session session = new Session(request, work, model, mean, scored);
        Result result = session.score();
        requireNumbers(result.scores, session.scoring.heads(), model, scored);
        double seconds = (System.nanoTime() - start) / 1e9;
        int[] rows = sample.scored().stream().mapToInt(i -> i).toArray();
        work.tell(new Event.Scored(new ScoreRecord(
                ScoreRecord.VERSION,
                request.method(),
                request.stabilised(),
                new ScoreRecord.Values(
                        result.scores.layers(),
                        result.scores.heads(),
                        result.scores.score(),
                        result.scores.standardError(),
                        result.scores.examples()),
                new ScoreRecord.Samples(
                        baseline.size(),
                        mean.perLabel(),
                        sample.shared(),
                        cut,
                        model.spec().labels(),
                        request.model().maxLength(),
                        request.seed()),
                seconds,
                provenance(request, loaded, data),
                new ScoreRecord.Details(
                        result.confidence,
                        result.table == null ? null : perExample(result.table, rows, scored, result.scores.examples()),
                        result.table == null ? null : edges(result.table)),
                request.model().prompt(),
                LabelBinding.of(data.binding(), false))));
    }

    /// Notes texts that were cut. A text in both samples counts once.
    ///
    /// @return how many texts were cut
    private static int note(
            Work work,
            Models.Loaded loaded,
            Request.Score request,
            BalancedSample.Pair sample,
            LabelledTokens baseline,
            LabelledTokens scored) {
        Map<Integer, Boolean> cut = new HashMap<>();
        for (int i = 0; i < baseline.size(); i++) {
            cut.put(sample.baseline().get(i), baseline.tokens().get(i).truncated());
        }
        for (int i = 0; i < scored.size(); i++) {
            cut.put(sample.scored().get(i), scored.tokens().get(i).truncated());
        }
        int count = (int) cut.values().stream().filter(c -> c).count();
        if (count > 0) {
            work.tell(Event.Noted.of(Measuring.cut(loaded, count, cut.size())));
        }
        new UnknownWords(loaded.tokenizer())
                .add(baseline)
                .add(scored)
                .note(request.data().file())
                .ifPresent(note -> work.tell(Event.Noted.of(note)));
        if (scored.size() < request.examples()) {
            work.tell(Event.Noted.of(
                    Message.of("engine.worker.few-examples", request.data().file(), scored.size())));
        }
        return count;
    }

    private static List<Head> heads(Request.Score request, TransformerSpec spec) {
        if (request.heads() == null) {
            return List.copyOf(HeadMask.all(spec.layers(), spec.heads()).selected());
        }
        // The mask's constructor refuses heads that the model does not have.
        HeadMask some = new HeadMask(spec.layers(), spec.heads(), request.heads(), "asked for");
        if (some.size() == 0) {
            throw Problem.of("engine.worker.no-heads-named");
        }
        return List.copyOf(some.selected());
    }

    private static void requireNumbers(
            RelevanceScores scores, List<Head> heads, ProxyModel model, LabelledTokens texts) {
        for (Head h : heads) {
            if (!Double.isFinite(scores.score(h))) {
                throw NotFinite.problem(model, texts);
            }
        }
    }

    /// @param table null for the random control, which has no values
    private record Result(
            RelevanceScores scores, @Nullable ScoreTable table, ScoreRecord.@Nullable Confidence confidence) {}

    private static final class Session {
        private final Request.Score request;
        private final Work work;
        private final ProxyModel model;
        private final MeanActivation mean;
        private final LabelledTokens texts;
        private final RelevanceScoring scoring;
        private final int topK;
        private long last;

        Session(Request.Score request, Work work, ProxyModel model, MeanActivation mean, LabelledTokens texts) {
            this.request = request;
            this.work = work;
            this.model = model;
            this.mean = mean;
            this.texts = texts;
            List<Head> heads = heads(request, model.spec());
            scoring = new RelevanceScoring(request.method(), request.stabilised(), true, heads, request.seed());
            topK = Math.min(heads.size(), request.topK() > 0 ? request.topK() : Math.max(1, heads.size() / 4));
        }

        Result score() {
            if (!request.method().measured()) {
                return new Result(scoring.score(model, mean, texts, this::report, work::stopPoint), null, null);
            }
            boolean decomposed = request.method().computation() == ScoreMethod.Computation.DECOMPOSITION;
            if (request.refine() != null && decomposed) {
                return refine(request.refine());
            }
            ScoreTable table = scoring.table(model, mean, texts, this::report, work::stopPoint);
            double[] inTopK = TopKConfidence.of(table.values(), topK, TopKConfidence.RESAMPLES, request.seed());
            return new Result(
                    table.scores(), table, confidence(table, inTopK, null, settled(inTopK, Defaults.CONFIDENCE)));
        }

        /// Scores all heads at once by the linear part of CD-T, then the undecided ones by CD-T itself.
        private Result refine(double level) {
            Refinement.Outcome outcome = new Refinement(scoring, topK, level, request.seed())
                    .run(model, mean, texts, this::refined, work::stopPoint);
            work.tell(Event.Noted.of(note(outcome, level)));
            double[] inTopK =
                    TopKConfidence.of(outcome.table().completed(), topK, TopKConfidence.RESAMPLES, request.seed());
            return new Result(
                    outcome.table().scores(),
                    outcome.table(),
                    confidence(outcome.table(), inTopK, level, settled(inTopK, level)));
        }

        private void refined(RelevanceScores scores, double[] inTopK, int undecided, int done, int of) {
            requireNumbers(scores, scoring.heads(), model, texts);
            work.tell(
                    undecided == 0
                            ? new Event.Progress(Stage.SCORED, done, of)
                            : new Event.Progress(Stage.UNDECIDED, String.valueOf(undecided), done, of));
            if (done == 0 && request.method().unit() != ScoreMethod.Unit.LOGITS) {
                return; // the linear part is in logits
            }
            work.tell(new Event.Scoring(
                    request.method(),
                    scores.score(),
                    scores.standardError(),
                    done,
                    of,
                    done == 0 ? null : byHead(inTopK)));
        }

        private Message note(Refinement.Outcome outcome, double level) {
            long percent = Math.round(100 * level);
            return Message.of(
                    "engine.worker.refined",
                    outcome.examples() < texts.size()
                            ? Message.of("engine.worker.refined-on-some", outcome.examples(), texts.size())
                            : Message.of("engine.worker.refined-on-all", texts.size()),
                    Math.round(100 * outcome.share()),
                    outcome.open() == 0
                            ? Message.of("engine.worker.refined-settled", percent, topK)
                            : Message.of("engine.worker.refined-open", outcome.open(), percent));
        }

        private static boolean settled(double[] inTopK, double level) {
            return Arrays.stream(inTopK).filter(p -> !Double.isNaN(p)).allMatch(p -> p >= level || p <= 1 - level);
        }

        private ScoreRecord.Confidence confidence(
                ScoreTable table, double[] inTopK, @Nullable Double level, boolean settled) {
            return new ScoreRecord.Confidence(topK, byHead(inTopK), level, settled, table.counts());
        }

        private double[][] byHead(double[] values) {
            int perLayer = model.spec().heads();
            return IntStream.range(0, model.spec().layers())
                    .mapToObj(l -> Arrays.stream(values, l * perLayer, (l + 1) * perLayer)
                            .map(ScoreRecord::rounded)
                            .toArray())
                    .toArray(double[][]::new);
        }

        /// Passes scores on, but not more often than a person can follow.
        private void report(Supplier<RelevanceScores> soFar, int done, int of) {
            long now = System.nanoTime();
            if (last != 0 && now - last < BETWEEN_UPDATES && done < of) {
                return;
            }
            last = now;
            RelevanceScores scores = soFar.get();
            work.tell(new Event.Progress(Stage.SCORING, done, of));
            work.tell(
                    new Event.Scoring(request.method(), scores.score(), scores.standardError(), scores.examples(), of));
        }
    }

    private static ScoreRecord.PerExample perExample(ScoreTable table, int[] rows, LabelledTokens texts, int used) {
        int[][] counts = table.counts();
        double[][][] values = new double[counts.length][][];
        for (int l = 0; l < counts.length; l++) {
            int perLayer = counts[l].length;
            values[l] = new double[perLayer][];
            for (int h = 0; h < perLayer; h++) {
                values[l][h] = Arrays.stream(table.values()[l * perLayer + h], 0, counts[l][h])
                        .map(ScoreRecord::rounded)
                        .toArray();
            }
        }
        return new ScoreRecord.PerExample(Arrays.copyOf(rows, used), Arrays.copyOf(texts.labels(), used), values);
    }

    private static @Nullable HeadEdges edges(ScoreTable table) {
        HeadEdges edges = table.edges();
        return edges == null ? null : edges.map(ScoreRecord::rounded);
    }

    private Provenance provenance(Request.Score request, Models.Loaded loaded, Dataset data) {
        return loaded.provenance(request.data().file(), data, ThisMachine.of(backend));
    }
}
