package sirkuit.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.Range;
import sirkuit.mask.HeadMask;

/// `runs/<id>/config.json`: everything needed to run a masked fine-tuning again. In the file every path is relative to
/// the run's folder.
///
/// In the file the fields of `parameters` and `data` stand beside the others.
///
/// @param schemaVersion 1, or 2 for what earlier versions would misread: biases, last layers, L2-SP, replay. It is
///                      found from the rest, whatever is given.
/// @param name          what people call it
/// @param checkpoint    folder of the checkpoint it starts from
/// @param labels        class names in the order of the logits when the checkpoint has none of its own
/// @param prompt        how texts are put to a language model; null for a classifier
/// @param parameters    what is trained
/// @param data          what it learns from and is measured on
/// @param settings      optimizer, sizes
/// @param course        schedule, when to stop and when to save
/// @param target        name of the language or task that is learnt; null in files of older versions
/// @param source        name of the source language or task; null in files of older versions
public record RunConfig(
        @JsonProperty(required = true) int schemaVersion,
        String name,
        @JsonProperty(required = true) String checkpoint,
        @Nullable List<String> labels,
        @Nullable Prompt prompt,
        @JsonUnwrapped Parameters parameters,
        @JsonUnwrapped Data data,
        @JsonProperty(required = true) Settings settings,
        Course course,
        @Nullable String target,
        @Nullable String source)
        implements RunParts {
    public static final int VERSION = 2;

    /// The role of the file of the valid split.
    public static final String VALID = "valid";

    /// The role of the source texts among the training texts.
    public static final String REPLAY = "replay";

    /// @throws Problem when something that is needed is missing
    public RunConfig {
        name = name == null ? "" : name;
        Json.given(checkpoint, "checkpoint");
        Json.given(settings, "settings");
        schemaVersion = RunParts.version(parameters, data, settings);
        course = course == null ? Course.BEFORE : course;
        target = target == null || target.isBlank() ? null : target.strip();
        source = source == null || source.isBlank() ? null : source.strip();
        if (course.maxForgetting() != null && data.sourceEval == null) {
            throw Problem.of("record.forgetting-without-source");
        }
    }

    /// Without names of target and source.
    public RunConfig(
            int schemaVersion,
            String name,
            String checkpoint,
            @Nullable List<String> labels,
            @Nullable Prompt prompt,
            Parameters parameters,
            Data data,
            Settings settings,
            Course course) {
        this(schemaVersion, name, checkpoint, labels, prompt, parameters, data, settings, course, null, null);
    }

    /// Of a classifier, on the usual course.
    public RunConfig(
            int schemaVersion,
            String name,
            String checkpoint,
            @Nullable List<String> labels,
            Parameters parameters,
            Data data,
            Settings settings) {
        this(schemaVersion, name, checkpoint, labels, null, parameters, data, settings, Course.DEFAULT);
    }

    /// The same run with every path changed.
    public RunConfig withPaths(UnaryOperator<String> map) {
        return with(
                map.apply(checkpoint),
                RunParts.map(data, (role, file) -> file.at(map.apply(file.file()))),
                target,
                source);
    }

    /// The same run with these names of target and source.
    public RunConfig named(@Nullable String otherTarget, @Nullable String otherSource) {
        return with(checkpoint, data, otherTarget, otherSource);
    }

    private RunConfig with(String from, Data texts, @Nullable String targetName, @Nullable String sourceName) {
        return new RunConfig(
                schemaVersion, name, from, labels, prompt, parameters, texts, settings, course, targetName, sourceName);
    }

    /// The same run, with names from its files if it has none yet.
    public RunConfig named(GuessedNames names) {
        RunTexts texts = RunTexts.of(this, names);
        return named(texts.target(), source == null ? texts.source() : source);
    }

    /// The same run with its checkpoint and texts in other places.
    ///
    /// @param places path by what for, as in [#files()]; the checkpoint's is `checkpoint`
    public RunConfig at(Map<String, String> places) {
        return with(
                places.getOrDefault("checkpoint", checkpoint),
                RunParts.map(data, (role, file) -> file.at(places.getOrDefault(role, file.file()))),
                target,
                source);
    }

    /// What a run trains.
    ///
    /// @param what      the heads of a mask, every bias, the last layers, or everything
    /// @param mask      the heads to train; null for all that is not [Trained#MASK]
    /// @param norms     whether the norms are trained too
    /// @param trainHead whether the classifier is trained too
    /// @param topLayers how many of the last layers, with [Trained#TOP_LAYERS]; otherwise null
    public record Parameters(
            @JsonProperty(required = true) Trained what,
            @Nullable HeadMask mask,
            boolean norms,
            boolean trainHead,
            @Nullable Integer topLayers) {
        /// Full fine-tuning.
        public static final Parameters FULL = new Parameters(Trained.FULL, null, true, false);

        /// @throws Problem when it is not said what, or how many layers
        public Parameters {
            Json.given(what, "what");
            if (what == Trained.TOP_LAYERS) {
                Range.atLeast("topLayers", Json.given(topLayers, "topLayers"), 1);
            }
        }

        /// All but the last layers.
        public Parameters(Trained what, @Nullable HeadMask mask, boolean norms, boolean trainHead) {
            this(what, mask, norms, trainHead, null);
        }

        /// Every bias of the transformer.
        public static Parameters biases(boolean trainHead) {
            return new Parameters(Trained.BIASES, null, false, trainHead);
        }

        /// The last layers and what comes after them.
        public static Parameters topLayers(int count) {
            return new Parameters(Trained.TOP_LAYERS, null, true, true, count);
        }

        /// The heads of a mask, and the norms.
        public static Parameters of(HeadMask mask) {
            return new Parameters(Trained.MASK, mask, true, false);
        }
    }

    /// What a run learns from and is measured on.
    ///
    /// @param train      target-language training texts
    /// @param targetEval held-out target texts
    /// @param sourceEval held-out source texts; what is forgotten shows here
    /// @param watched    held-out texts of further languages or tasks, by their names
    /// @param valid      target texts that choose the kept step, so that `targetEval` chooses nothing; null for
    ///     none
    /// @param validShare share of the training texts that is kept aside for this, balanced by label; null for none
    /// @param replay     source texts among those that it learns from; null for none
    public record Data(
            @JsonProperty(required = true) DataFile train,
            @JsonProperty(required = true) DataFile targetEval,
            @Nullable DataFile sourceEval,
            Map<String, DataFile> watched,
            @Nullable DataFile valid,
            @Nullable Double validShare,
            @Nullable Replay replay) {
        /// What is kept aside where there is no valid file (`shared/spec/ct-sft.md`, section 9).
        public static final double FIFTH = 0.2;

        /// @throws Problem when a file that is needed is missing, or there are two valid splits
        public Data {
            Json.given(train, "train");
            Json.given(targetEval, "targetEval");
            watched = watched == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(watched));
            if (validShare != null) {
                Range.between("validShare", validShare, 0.01, 0.5);
                if (valid != null) {
                    throw Problem.of("record.two-valid-splits");
                }
            }
        }

        /// Without a valid split.
        public Data(DataFile train, DataFile targetEval, @Nullable DataFile sourceEval, Map<String, DataFile> watched) {
            this(train, targetEval, sourceEval, watched, null, null);
        }

        /// Without replay.
        public Data(
                DataFile train,
                DataFile targetEval,
                @Nullable DataFile sourceEval,
                Map<String, DataFile> watched,
                @Nullable DataFile valid,
                @Nullable Double validShare) {
            this(train, targetEval, sourceEval, watched, valid, validShare, null);
        }

        /// With a valid split: this file, or else a fifth of the training texts.
        public Data choosingBy(@Nullable DataFile file) {
            return new Data(train, targetEval, sourceEval, watched, file, file == null ? FIFTH : null, replay);
        }

        /// Whether a valid split chooses the kept step.
        public boolean hasValid() {
            return valid != null || validShare != null;
        }

        /// Without further languages.
        public Data(DataFile train, DataFile targetEval, @Nullable DataFile sourceEval) {
            this(train, targetEval, sourceEval, Map.of());
        }
    }

    /// How a run goes on and when it stops and saves.
    ///
    /// @param schedule      what the learning rate does after the warm-up
    /// @param maxForgetting source accuracy, in percentage points, that may be lost before it stops; null for all
    ///                      of it
    /// @param bucketed      whether texts of similar length come together in a step
    /// @param saveSteps     steps between resume points; 0 for none but those below
    /// @param saveSeconds   seconds between resume points, beside the one at each evaluation; 0 for none but those
    /// @param activationCheckpointing whether only the input of each layer is kept for the way back, where the
    ///                                layer is computed again: less memory, more time (decision 16)
    public record Course(
            Schedule schedule,
            @Nullable Double maxForgetting,
            boolean bucketed,
            int saveSteps,
            int saveSeconds,
            boolean activationCheckpointing) {
        /// How the learning rate changes after the warm-up: falls linearly, falls on half a cosine wave, or
        /// stays.
        public enum Schedule {
            LINEAR,
            COSINE,
            CONSTANT
        }

        /// @throws Problem when a number makes no sense
        public Course {
            schedule = schedule == null ? Schedule.LINEAR : schedule;
            Range.between("maxForgetting", maxForgetting, 0, 100);
            Range.atLeast("saveSteps", saveSteps, 0);
            Range.atLeast("saveSeconds", saveSeconds, 0);
        }

        public static final Course DEFAULT = new Course(Schedule.LINEAR, null, true, 0, Defaults.SAVE_SECONDS, false);

        /// The course of runs of older versions.
        private static final Course BEFORE = new Course(Schedule.LINEAR, null, false, 0, Defaults.SAVE_SECONDS, false);
    }

    /// What a run trains.
    public enum Trained {
        /// The mask's heads.
        MASK,
        /// Every parameter: ordinary fine-tuning, the baseline.
        FULL,
        /// Every bias of the transformer and no weight: BitFit.
        BIASES,
        /// Everything in the last layers and what comes after them.
        TOP_LAYERS
    }

    /// @param epochs     passes over the training texts
    /// @param batchSize  examples a step
    /// @param accumulate micro-batches an optimizer step
    public record Batches(int epochs, int batchSize, int accumulate) {
        /// @throws Problem when a number cannot be meant
        public Batches {
            Range.atLeast("epochs", epochs, 1);
            Range.atLeast("batchSize", batchSize, 1);
            Range.atLeast("accumulate", accumulate, 1);
        }
    }

    /// @param learningRate peak of the schedule
    /// @param weightDecay  decoupled, on matrices only
    /// @param warmup       share of the steps that warm up linearly
    /// @param clip         largest global gradient norm; 0 for none
    /// @param l2sp         α of a penalty α/2 ‖w − w₀‖² that holds what is trained near its start (L2-SP); null for
    ///     none
    public record Optimizer(
            double learningRate,
            double weightDecay,
            double warmup,
            double clip,
            @Nullable Double l2sp) {
        /// Without the penalty.
        public Optimizer(double learningRate, double weightDecay, double warmup, double clip) {
            this(learningRate, weightDecay, warmup, clip, null);
        }

        /// @throws Problem when a number cannot be meant
        public Optimizer {
            Range.positive("learningRate", learningRate);
            Range.notNegative("weightDecay", weightDecay);
            Range.between("warmup", warmup, 0, 1);
            Range.notNegative("clip", clip);
            l2sp = l2sp != null && l2sp == 0 ? null : l2sp;
            Range.notNegative("l2sp", l2sp == null ? 0 : l2sp);
        }

        /// The same with a penalty that holds weights near the checkpoint's.
        public Optimizer near(@Nullable Double penalty) {
            return new Optimizer(learningRate, weightDecay, warmup, clip, penalty);
        }

        /// The same with another peak of the schedule.
        public Optimizer at(double otherRate) {
            return new Optimizer(otherRate, weightDecay, warmup, clip, l2sp);
        }
    }

    /// In the file the fields of `batches` and `optimizer` stand beside the others.
    ///
    /// @param batches       how many examples at a time, and how often
    /// @param optimizer     how their gradients change the parameters
    /// @param dropout       probability; null for the checkpoint's own
    /// @param evaluateEvery steps between evaluations; 0 for the end of each epoch
    /// @param patience      evaluations without a better target accuracy before stopping; 0 for never
    /// @param examples      size of a label-balanced few-shot subset; 0 for all
    /// @param maxLength     longest sequence in tokens
    /// @param seed          of the subset, the order and the dropout
    public record Settings(
            @JsonUnwrapped Batches batches,
            @JsonUnwrapped Optimizer optimizer,
            @Nullable Double dropout,
            int evaluateEvery,
            int patience,
            int examples,
            int maxLength,
            long seed) {
        /// A text needs a first and a last special token and at least one in between.
        public static final int SHORTEST = 3;

        public static final Settings DEFAULT = new Settings(
                new Batches(Defaults.EPOCHS, Defaults.BATCH_SIZE, Defaults.ACCUMULATE),
                new Optimizer(Defaults.MASKED_RATE, Defaults.WEIGHT_DECAY, Defaults.WARMUP, Defaults.CLIP),
                null,
                0,
                0,
                0,
                Defaults.MAX_LENGTH,
                Defaults.SEED);

        /// @throws Problem when a number cannot be meant
        public Settings {
            Range.below("dropout", dropout, 0, 1);
            Range.atLeast("evaluateEvery", evaluateEvery, 0);
            Range.atLeast("patience", patience, 0);
            Range.atLeast("examples", examples, 0);
            Range.atLeast("maxLength", maxLength, SHORTEST);
        }

        public int epochs() {
            return batches.epochs;
        }

        public int batchSize() {
            return batches.batchSize;
        }

        public int accumulate() {
            return batches.accumulate;
        }

        public double learningRate() {
            return optimizer.learningRate;
        }

        /// The same with another peak of the schedule and another seed.
        public Settings with(double otherRate, long otherSeed) {
            return new Settings(
                    batches, optimizer.at(otherRate), dropout, evaluateEvery, patience, examples, maxLength, otherSeed);
        }
    }
}
