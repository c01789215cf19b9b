package sirkuit.engine.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
import sirkuit.engine.work.Work;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RankAgreement;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Event.Judged.Agreement;
import sirkuit.protocol.Event.Judged.JudgedAccuracy;
import sirkuit.protocol.Event.Judged.JudgedSet;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;
import sirkuit.record.Defaults;
import sirkuit.record.ScoreRecord;
import sirkuit.relevance.Faithfulness;
import sirkuit.relevance.RelevanceScoring;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;

/// The causal check: accuracy with only the heads of a mask, and without them, and how well a score predicts it.
record FaithfulnessTask(Backend backend, Models models) {
    /// The number of random masks that the mask is compared with.
    private static final int RANDOM_MASKS = 3;
    private static final String SCORED = "scored";
    private static final String NOT_SCORED = "not scored";
    private static final String NOT_IN_BASELINE = "not in the baseline";

    void run(Request.Faithfulness request, Work work) {
        Models.Loaded loaded = models.open(request.model());
        ProxyModel model = loaded.model();
        request.mask()
                .requireShape(
                        request.model().checkpoint(),
                        model.spec().layers(),
                        model.spec().heads());
        Dataset data = Measuring.data(loaded, request.data(), work);
        ScoreRecord scores = request.scores() == null
                ? null
                : scores(
                        Path.of(request.scores()),
                        data,
                        model,
                        Path.of(request.model().checkpoint()));
        Sample sample = Sample.draw(data, request, scores);
        MeanActivation mean =
                request.baselineExamples() == Defaults.BASELINE_EXAMPLES && request.seed() == Defaults.SEED
                        ? loaded.mean(request.data(), work::stopPoint) // the same texts, kept for the next request
                        : MeanActivation.over(model, loaded.tokens(data.select(sample.baseline)), work::stopPoint);
        List<JudgedSet> sets = new ArrayList<>();
        List<Agreement> agreements = new ArrayList<>();
        // Without a score it is not known which texts the mask was selected on.
        judge(
                scores == null ? NOT_IN_BASELINE : NOT_SCORED,
                sample.others,
                loaded,
                data,
                mean,
                scores,
                work,
                sets,
                agreements);
        judge(SCORED, sample.scored, loaded, data, mean, scores, work, sets, agreements);
        if (sample.shared > 0) {
            work.tell(Event.Noted.of(Message.of("engine.worker.texts-shared", sample.shared, data.file())));
        }
        work.tell(new Event.Judged(
                request.mask().size(),
                sets,
                agreements,
                loaded.provenance(request.data().file(), data, ThisMachine.of(backend))));
    }

    /// @param others rows to evaluate on that are neither scored nor in the baseline, where there are enough
    /// @param shared how many of them are used otherwise too
    private record Sample(List<Integer> baseline, List<Integer> others, List<Integer> scored, int shared) {
        static Sample draw(Dataset data, Request.Faithfulness request, @Nullable ScoreRecord scores) {
            List<Integer> scored = scores == null || scores.perExample() == null
                    ? List.of()
                    : Arrays.stream(scores.perExample().rows()).boxed().toList();
            List<Integer> baseline = BalancedSample.draw(data, request.baselineExamples(), request.seed());
            Set<Integer> used = new HashSet<>(baseline);
            used.addAll(scored);
            List<Integer> order = BalancedSample.draw(data, data.size(), request.seed());
            List<Integer> rest = new ArrayList<>(
                    order.stream().filter(i -> !used.contains(i)).toList());
            int wanted = request.examples() == 0 ? rest.size() : request.examples();
            int shared = Math.max(0, Math.min(wanted, data.size()) - rest.size());
            if (rest.isEmpty()) {
                shared = data.size();
            }
            rest.addAll(order.stream().filter(used::contains).limit(shared).toList());
            int take = rest.size() < wanted || wanted == 0 ? rest.size() : wanted;
            return new Sample(baseline, List.copyOf(rest.subList(0, take)), scored, shared);
        }
    }

    private static ScoreRecord scores(Path file, Dataset data, ProxyModel model, Path checkpoint) {
        ScoreRecord scores = ScoreRecord.read(file);
        scores.requireShape(
                file, checkpoint, model.spec().layers(), model.spec().heads());
        boolean same = scores.provenance() != null && scores.provenance().data().containsValue(data.digest());
        if (scores.perExample() != null && !same) {
            throw Problem.of("engine.worker.judged-other-data", file, data.file());
        }
        return scores;
    }

    private static void judge(
            String name,
            List<Integer> rows,
            Models.Loaded loaded,
            Dataset data,
            MeanActivation mean,
            @Nullable ScoreRecord scores,
            Work work,
            List<JudgedSet> sets,
            List<Agreement> agreements) {
        if (rows.isEmpty()) {
            return;
        }
        Request.Faithfulness request = (Request.Faithfulness) work.request();
        ProxyModel model = loaded.model();
        LabelledTokens texts = loaded.tokens(data.select(rows));
        HeadMask all = HeadMask.all(model.spec().layers(), model.spec().heads());
        HeadMask none = HeadMask.none(model.spec().layers(), model.spec().heads());
        HeadMask mask = request.mask();
        Faithfulness judge = new Faithfulness(model, mean);
        int[] done = new int[1];
        Stage checking = name.equals(SCORED) ? Stage.CHECKING_SCORED : Stage.CHECKING_HELD_OUT;
        Stage ablating = name.equals(SCORED) ? Stage.ABLATING_SCORED : Stage.ABLATING_HELD_OUT;
        java.util.function.Function<HeadMask, JudgedAccuracy> without = off -> {
            work.tell(new Event.Progress(checking, done[0]++, 3 + 2 * RANDOM_MASKS));
            return kept(judge.without(off, texts, work::stopPoint));
        };
        List<HeadMask> random = IntStream.range(0, RANDOM_MASKS)
                .mapToObj(i -> new MaskStrategy.RandomK(mask.size(), request.seed() + i)
                        .draw(model.spec().layers(), model.spec().heads()))
                .toList();
        sets.add(new JudgedSet(
                name,
                without.apply(none),
                without.apply(all.difference(mask)),
                without.apply(mask),
                random.stream().map(r -> without.apply(all.difference(r))).toList(),
                random.stream().map(without).toList()));
        if (scores != null) {
            RelevanceScores own = scores.scores();
            RelevanceScores ablation = new RelevanceScoring(ScoreMethod.ABLATION, false, own.ranked(), request.seed())
                    .score(
                            model,
                            mean,
                            texts,
                            (soFar, n, of) -> work.tell(new Event.Progress(ablating, n, of)),
                            work::stopPoint);
            int k = mask.size() > 0
                    ? mask.size()
                    : Objects.requireNonNull(own).ranked().size() / 4;
            RankAgreement agreement = RankAgreement.of(own, ablation, k);
            agreements.add(new Agreement(name, own.method(), agreement.spearman(), agreement.k(), agreement.overlap()));
        }
    }

    private static JudgedAccuracy kept(Faithfulness.MaskedAccuracy k) {
        return new JudgedAccuracy(k.examples(), k.accuracy(), k.low(), k.high(), k.margin(), k.marginError());
    }
}
