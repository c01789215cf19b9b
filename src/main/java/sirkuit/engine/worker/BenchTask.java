package sirkuit.engine.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.Work;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;
import sirkuit.record.Defaults;
import sirkuit.relevance.PartialForward;
import sirkuit.relevance.Refinement;
import sirkuit.relevance.RelevanceScoring;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.tuning.Evaluation;
import sirkuit.tuning.MaskedTuning;
import sirkuit.tuning.TrainableParameters;

/// Times the same work as the PyTorch script it is compared with: a forward pass, CD-T, tuning steps.
record BenchTask(Models models) {
    private static final int STEP_EXAMPLES = 16;
    private static final int STEPS = 7;

    void run(Request.Bench request, Work work) {
        Models.Loaded loaded = models.open(request.model());
        LabelledTokens all = loaded.tokens(loaded.data(request.data()));
        int count = Math.min(request.examples(), all.size());
        LabelledTokens real = all.select(IntStream.range(0, count).boxed().toList());
        LabelledTokens full = filled(real, request.tokens());
        Map<String, Double> seconds = new LinkedHashMap<>();
        if (request.only() == null || !Request.Bench.STEPS.containsAll(request.only())) {
            scoring(seconds, work, loaded.model(), new Texts(all, real, full));
        }
        steps(seconds, work, loaded.model(), full);
        work.tell(new Event.Benched(seconds));
    }

    /// @param all  all texts of the file, for the mean
    /// @param real the texts that are timed
    /// @param full the same texts, filled up to full length
    private record Texts(LabelledTokens all, LabelledTokens real, LabelledTokens full) {}

    private static void scoring(Map<String, Double> seconds, Work work, ProxyModel model, Texts texts) {
        TransformerSpec spec = model.spec();
        LabelledTokens full = texts.full;
        LabelledTokens real = texts.real;
        MeanActivation mean = MeanActivation.over(model, texts.all, work::stopPoint);
        List<Head> heads = List.copyOf(HeadMask.all(spec.layers(), spec.heads()).selected());
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
        Refinement refinement = new Refinement(withEdges, Math.max(1, heads.size() / 4), Defaults.CONFIDENCE, 0);
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
    }

    /// One optimizer step of sixteen texts, with dropout and clipping, in four variants: everything trained; every
    /// fourth head and the norms; the same with activation checkpointing; every fourth head of only the top two
    /// layers.
    private static void steps(Map<String, Double> seconds, Work work, ProxyModel model, LabelledTokens full) {
        TransformerSpec spec = model.spec();
        LabelledTokens batch = full.select(IntStream.range(0, STEP_EXAMPLES)
                .map(i -> i % full.size())
                .boxed()
                .toList());
        List<Head> quarter = HeadMask.all(spec.layers(), spec.heads()).selected().stream()
                .filter(h -> h.head() % 4 == 0)
                .toList();
        HeadMask mask = new HeadMask(spec.layers(), spec.heads(), quarter, "every fourth");
        List<Head> upper =
                quarter.stream().filter(h -> h.layer() >= spec.layers() - 2).toList();
        HeadMask top = new HeadMask(spec.layers(), spec.heads(), upper, "every fourth of the top two layers");
        step(
                seconds,
                work,
                "masked_step",
                model,
                batch,
                false,
                () -> TrainableParameters.masked(model, mask, true, false));
        step(
                seconds,
                work,
                "checkpointed_step",
                model,
                batch,
                true,
                () -> TrainableParameters.masked(model, mask, true, false));
        step(
                seconds,
                work,
                "top_layers_step",
                model,
                batch,
                false,
                () -> TrainableParameters.masked(model, top, false, false));
        step(seconds, work, "full_step", model, batch, false, () -> TrainableParameters.full(model));
    }

    /// The minimum cost of ablating each head: heads times a forward pass from their layer on.
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

    /// The same texts, each filled up to `tokens` valid tokens by repeating its own tokens.
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

    private static void step(
            Map<String, Double> seconds,
            Work work,
            String name,
            ProxyModel model,
            LabelledTokens batch,
            boolean checkpointing,
            Supplier<TrainableParameters> make) {
        if (!wanted(work, name)) {
            return;
        }
        try (TrainableParameters parameters = make.get()) {
            MaskedTuning.StepTimer timer =
                    MaskedTuning.stepTimer(parameters, batch, model.spec().dropout(), checkpointing);
            time(seconds, work, name, STEPS, timer::step);
        }
    }

    private static boolean wanted(Work work, String name) {
        Request.Bench request = (Request.Bench) work.request();
        return request.only() == null || request.only().contains(name);
    }

    /// The median of `runs`, after one warm-up that is not counted.
    private static void time(Map<String, Double> seconds, Work work, String name, int runs, Runnable what) {
        if (!wanted(work, name)) {
            return;
        }
        work.tell(new Event.Progress(Stage.TIMING, name, 0, runs));
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
