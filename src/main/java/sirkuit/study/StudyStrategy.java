package sirkuit.study;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.Range;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskOrigin;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;
import sirkuit.record.Baseline;
import sirkuit.record.DataFile;
import sirkuit.record.LearningRate;
import sirkuit.record.Replay;
import sirkuit.record.RunConfig;

/// What the runs of one strategy train, and at which learning rates. In the file a single rate is `learningRate`, as in
/// earlier versions; several are `learningRates`.
///
/// @param name    such as `top-12 cdt`; names a folder
/// @param what    the heads of a mask, or something else
/// @param heads   the mask; null where not the heads of a mask are trained, and for random heads
/// @param random  how many heads each seed draws; null if heads are given
/// @param norms   whether the norms are trained too
/// @param rates   learning rates (peaks of the schedule), from the lowest on
/// @param options what only some strategies have; null for none
public record StudyStrategy(
        String name,
        RunConfig.Trained what,
        @Nullable HeadMask heads,
        @Nullable RandomHeads random,
        boolean norms,
        @JsonIgnore List<Double> rates,
        @Nullable Options options) {
    /// @param k      how many
    /// @param layers of the model
    /// @param heads  of a layer
    public record RandomHeads(int k, int layers, int heads) {}

    /// @throws Problem when it does not say which heads, or a rate is missing, not positive or given twice
    public StudyStrategy {
        rates = inOrder(String.valueOf(name), rates);
        StudyPlan.requireFolderName(Json.given(name, "name"));
        Json.given(what, "what");
        if (what == RunConfig.Trained.MASK && (heads == null) == (random == null)) {
            throw Problem.of("study.strategy-without-heads", name);
        }
        options = Options.NONE.equals(options) ? null : options;
        if (what == RunConfig.Trained.TOP_LAYERS) {
            Range.atLeast("topLayers", Json.given(options == null ? null : options.topLayers, "topLayers"), 1);
        }
    }

    /// What only some strategies have.
    ///
    /// @param topLayers how many layers, with [RunConfig.Trained#TOP_LAYERS]; otherwise null
    /// @param l2sp      α of L2-SP; null for none
    /// @param replay    source texts to learn again; null for none
    public record Options(
            @Nullable Integer topLayers,
            @Nullable Double l2sp,
            @Nullable Replay replay) {
        static final Options NONE = new Options(null, null, null);

        /// @throws Problem when the number is not positive
        public Options {
            if (l2sp != null) {
                Range.positive("l2sp", l2sp);
            }
        }
    }

    /// Every bias of the transformer.
    public static StudyStrategy biases(double learningRate) {
        return new StudyStrategy(Baseline.BIASES.id(), RunConfig.Trained.BIASES, null, null, false, learningRate);
    }

    /// The last layers and what comes after them.
    public static StudyStrategy topLayers(int count, double learningRate) {
        return new StudyStrategy(
                Baseline.topLayers(count),
                RunConfig.Trained.TOP_LAYERS,
                null,
                null,
                true,
                List.of(learningRate),
                new Options(count, null, null));
    }

    /// The same with what holds it near the source, and with another name.
    ///
    /// @param l2sp   α of L2-SP; null for none
    /// @param replay source texts to learn again; null for none
    public StudyStrategy keeping(String as, @Nullable Double l2sp, @Nullable Replay replay) {
        Integer layers = options == null ? null : options.topLayers;
        return new StudyStrategy(as, what, heads, random, norms, rates, new Options(layers, l2sp, replay));
    }

    /// The same with the file of its source texts changed.
    StudyStrategy map(UnaryOperator<DataFile> each) {
        Replay replay = replay();
        return options == null || replay == null
                ? this
                : keeping(name, options.l2sp, new Replay(each.apply(replay.texts()), replay.share()));
    }

    /// Source texts to learn again; null for none.
    @Nullable
    Replay replay() {
        return options == null ? null : options.replay;
    }

    /// Whether earlier versions would misread it in a file.
    boolean isNew() {
        return options != null || what != RunConfig.Trained.MASK && what != RunConfig.Trained.FULL;
    }

    /// The settings of a run with this strategy.
    RunConfig.Settings settings(RunConfig.Settings others, double rate, long seed) {
        RunConfig.Settings s = others.with(rate, seed);
        RunConfig.Optimizer o = s.optimizer();
        Double l2sp = options == null ? null : options.l2sp;
        return new RunConfig.Settings(
                s.batches(),
                new RunConfig.Optimizer(o.learningRate(), o.weightDecay(), o.warmup(), o.clip(), l2sp),
                s.dropout(),
                s.evaluateEvery(),
                s.patience(),
                s.examples(),
                s.maxLength(),
                s.seed());
    }

    /// At a single learning rate.
    public StudyStrategy(
            String name,
            RunConfig.Trained what,
            @Nullable HeadMask heads,
            @Nullable RandomHeads random,
            boolean norms,
            double learningRate) {
        this(name, what, heads, random, norms, List.of(learningRate), null);
    }

    @JsonCreator
    static StudyStrategy read(
            @JsonProperty("name") String name,
            @JsonProperty("what") RunConfig.Trained what,
            @JsonProperty("heads") @Nullable HeadMask heads,
            @JsonProperty("random") @Nullable RandomHeads random,
            @JsonProperty("norms") boolean norms,
            @JsonProperty("learningRate") @Nullable Double one,
            @JsonProperty("learningRates") @Nullable List<Double> several,
            @JsonProperty("options") @Nullable Options options) {
        List<Double> rates = several == null ? List.of(Json.given(one, "learningRate")) : several;
        return new StudyStrategy(name, what, heads, random, norms, rates, options);
    }

    private static List<Double> inOrder(String name, List<Double> rates) {
        TreeSet<Double> ordered = new TreeSet<>();
        for (Double rate : rates) {
            Range.positive("learningRate", Json.given(rate, "learningRates"));
            if (!ordered.add(rate)) {
                throw Problem.of("study.rate-twice", name, LearningRate.words(rate));
            }
        }
        if (ordered.isEmpty()) {
            throw Problem.of("study.no-rate", name);
        }
        return List.copyOf(ordered);
    }

    /// Its single rate, for the file; null when there are several.
    @JsonProperty("learningRate")
    @Nullable
    Double one() {
        return rates.size() == 1 ? rates.getFirst() : null;
    }

    /// Its rates, for the file; null when there is a single one.
    @JsonProperty("learningRates")
    @Nullable
    List<Double> several() {
        return rates.size() > 1 ? rates : null;
    }

    /// The same at other learning rates.
    ///
    /// @throws Problem when one is not positive or given twice
    public StudyStrategy at(List<Double> others) {
        return new StudyStrategy(name, what, heads, random, norms, others, options);
    }

    /// Ordinary fine-tuning.
    public static StudyStrategy full(double learningRate) {
        return new StudyStrategy(Baseline.FULL.id(), RunConfig.Trained.FULL, null, null, true, learningRate);
    }

    /// The norms alone.
    public static StudyStrategy norms(int layers, int heads, double learningRate) {
        return masked(Baseline.NORMS.id(), HeadMask.none(layers, heads), true, learningRate);
    }

    /// All heads.
    public static StudyStrategy allHeads(int layers, int heads, boolean norms, double learningRate) {
        return masked(Baseline.ALL_HEADS.id(), HeadMask.all(layers, heads), norms, learningRate);
    }

    /// The heads of a mask.
    public static StudyStrategy masked(String name, HeadMask mask, boolean norms, double learningRate) {
        return new StudyStrategy(name, RunConfig.Trained.MASK, mask, null, norms, learningRate);
    }

    /// The same number of heads, drawn separately for each seed.
    ///
    /// @throws Problem when the model has fewer heads
    public static StudyStrategy random(int k, int layers, int heads, boolean norms, double learningRate) {
        int most = layers * heads;
        if (k < 1 || k > most) {
            throw Problem.of("study.bad-random-count", k, most);
        }
        return new StudyStrategy(
                MaskOrigin.RANDOM.word() + "-" + k,
                RunConfig.Trained.MASK,
                null,
                new RandomHeads(k, layers, heads),
                norms,
                learningRate);
    }

    /// The heads that a mask strategy selects by scores.
    ///
    /// @param by the name of the scores
    /// @throws Problem when fewer heads have a score
    public static StudyStrategy byScores(
            MaskStrategy way, RelevanceScores scores, String by, boolean norms, double learningRate) {
        String name =
                switch (way) {
                    case MaskStrategy.TopK(int k) -> MaskOrigin.TOP.word() + "-" + k;
                    case MaskStrategy.NearZero(int k) -> MaskOrigin.NEAR_ZERO.word() + "-" + k;
                    default -> throw new IllegalArgumentException(way + " is no strategy of a study");
                };
        return masked(name + " " + by, way.apply(scores), norms, learningRate);
    }

    /// What a run trains.
    RunConfig.Parameters parameters(long seed) {
        return new RunConfig.Parameters(
                what,
                mask(seed),
                norms,
                what == RunConfig.Trained.TOP_LAYERS,
                options == null ? null : options.topLayers);
    }

    /// @return null where not the heads of a mask are trained
    @Nullable
    HeadMask mask(long seed) {
        if (random != null) {
            return new MaskStrategy.RandomK(random.k, seed).draw(random.layers, random.heads);
        }
        return heads;
    }
}
