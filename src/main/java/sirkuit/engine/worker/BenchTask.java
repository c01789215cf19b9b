package sirkuit.engine.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sirkuit.checkpoint.TextTokenizer.Tokens;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.relevance.MeanActivation;
import sirkuit.relevance.PartialForward;
import sirkuit.relevance.Refinement;
import sirkuit.relevance.RelevanceScoring;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.tuning.Evaluation;
import sirkuit.tuning.MaskedTuning;
import sirkuit.tuning.TrainableParameters;

/// Times the same work as the PyTorch script it is compared with: a forward pass, CD-T, tuning steps.
record BenchTask(Models models) {
    private static final int STEP_EXAMPLES = 16;
    private static final double SETTLED = 0.95;

    void run(Request.Bench request, Work work) {
        Models.Loaded loaded = models.open(request.model());
        ProxyModel model = loaded.model();
        TransformerSpec spec = model.spec();
        LabelledTokens all = loaded.tokens(loaded.data(request.data()));
        int count = Math.min(request.examples(), all.size());
        LabelledTokens real = all.select(IntStream.range(0, count).boxed().toList());
        LabelledTokens full = filled(real, request.tokens());
        MeanActivation mean = MeanActivation.over(model, all, work::stopPoint);
        List<Head> heads = List.copyOf(HeadMask.all(spec.layers(), spec.heads()).selected());
        Map<String, Double> seconds = new LinkedHashMap<>();
        time(
                seconds,
                work,
                "forward",
                5,
                () -> Evaluation.of(model.network(), model.manager(), model.memory(), full, work::stopPoint));
        for (ScoreMethod method : List.of(ScoreMethod.CDT, ScoreMethod.GRADIENT, ScoreMethod.ABLATION)) {
            RelevanceScoring scoring = new RelevanceScoring(method, false, heads, 0);
            time(
                    seconds,
                    work,
                    method.id(),
                    3,
                    () -> scoring.score(model, mean, full, (scores, done, of) -> {}, work::stopPoint));
            time(
                    seconds,
                    work,
                    method.id() + "_real_lengths",
                    3,
                    () -> scoring.score(model, mean, real, (scores, done, of) -> {}, work::stopPoint));
        }
        RelevanceScoring plain = new RelevanceScoring(ScoreMethod.CDT, false, false, heads, 0);
        RelevanceScoring withEdges = new RelevanceScoring(ScoreMethod.CDT, false, true, heads, 0);
        Refinement refinement = new Refinement(withEdges, Math.max(1, heads.size() / 4), SETTLED, 0);
        time(
                seconds,
                work,
                "cdt_edges",
                5,
                () -> withEdges.score(model, mean, full, (scores, done, of) -> {}, work::stopPoint));
        time(
                seconds,
                work,
                "cdt_again",
                5,
                () -> plain.score(model, mean, full, (scores, done, of) -> {}, work::stopPoint));
        time(
                seconds,
                work,
                "cdt_edges_real_lengths",
                3,
                () -> withEdges.score(model, mean, real, (scores, done, of) -> {}, work::stopPoint));
        time(
                seconds,
                work,
                "refined_real_lengths",
                3,
                () -> refinement.run(model, mean, real, (scores, inTopK, undecided, done, of) -> {}, work::stopPoint));
        ablationBound(seconds, work, model, full);
        LabelledTokens batch = full.select(
                IntStream.range(0, Math.min(STEP_EXAMPLES, count)).boxed().toList());
        List<Head> quarter = heads.stream().filter(h -> h.head() % 4 == 0).toList();
        HeadMask mask = new HeadMask(spec.layers(), spec.heads(), quarter, "every fourth");
        try (TrainableParameters masked = TrainableParameters.masked(model, mask, true, false)) {
            steps(seconds, work, "masked_step", model, masked, batch);
        }
        try (TrainableParameters everything = TrainableParameters.full(model)) {
            steps(seconds, work, "full_step", model, everything, batch);
        }
        work.tell(new Event.Benched(seconds));
    }

    /// Heads times a forward pass from their layer on: what ablating each head must cost at least.
    private static void ablationBound(Map<String, Double> seconds, Work work, ProxyModel model, LabelledTokens texts) {
        double[] sum = new double[1];
        for (int l = 0; l < model.spec().layers(); l++) {
            int layer = l;
            Map<String, Double> one = new LinkedHashMap<>();
            time(one, work, "ablation_bound", 3, () -> PartialForward.from(model, texts, layer, work::stopPoint));
            one.values().forEach(t -> sum[0] += t * model.spec().heads());
        }
        if (sum[0] > 0) {
            seconds.put("ablation_bound", sum[0]);
        }
    }

    /// The same texts, each filled up to `tokens` valid tokens by its own tokens over again.
    private static LabelledTokens filled(LabelledTokens real, int tokens) {
        List<Tokens> full = new ArrayList<>();
        for (Tokens t : real.tokens()) {
            int[] ids = new int[tokens];
            for (int i = 0; i < tokens; i++) {
                ids[i] = t.ids()[i % t.length()];
            }
            full.add(new Tokens(ids, null, false));
        }
        return new LabelledTokens(full, real.labels());
    }

    private static void steps(
            Map<String, Double> seconds,
            Work work,
            String name,
            ProxyModel model,
            TrainableParameters parameters,
            LabelledTokens batch) {
        MaskedTuning.StepTimer timer =
                MaskedTuning.stepTimer(parameters, batch, model.spec().dropout());
        time(seconds, work, name, 9, timer::step);
    }

    /// The median of `runs`, after one that is not counted.
    private static void time(Map<String, Double> seconds, Work work, String name, int runs, Runnable what) {
        Request.Bench request = (Request.Bench) work.request();
        if (request.only() != null && !request.only().contains(name)) {
            return;
        }
        work.tell(new Event.Progress("Timing " + name, 0, runs));
        what.run();
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++) {
            work.stopPoint();
            long start = System.nanoTime();
            what.run();
            times[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(times);
        seconds.put(name, times[runs / 2]);
    }
}
