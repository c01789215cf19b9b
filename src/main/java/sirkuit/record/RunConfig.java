package sirkuit.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
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
/// @param schemaVersion 1
/// @param name          what people call it
/// @param checkpoint    folder of the checkpoint it starts from
/// @param labels        class names in the order of the logits when the checkpoint has none of its own
/// @param prompt        how texts are put to a language model; null for a classifier
/// @param what          what is trained
/// @param mask          the heads to train; null for full fine-tuning
/// @param norms         whether the norms are trained too
/// @param trainHead     whether the classifier is trained too
/// @param train         target-language training texts
/// @param targetEval    held-out target texts
/// @param sourceEval    held-out source texts; what is forgotten shows here
/// @param watched       held-out texts of further languages or tasks, by their names
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
        @JsonProperty(required = true) Trained what,
        @Nullable HeadMask mask,
        boolean norms,
        boolean trainHead,
        @JsonProperty(required = true) DataFile train,
        @JsonProperty(required = true) DataFile targetEval,
        @Nullable DataFile sourceEval,
        Map<String, DataFile> watched,
        @JsonProperty(required = true) Settings settings,
        Course course,
        @Nullable String target,
        @Nullable String source) {
    public static final int VERSION = 1;

    /// @throws Problem when something that is needed is missing
    public RunConfig {
        name = name == null ? "" : name;
        Json.given(checkpoint, "checkpoint");
        Json.given(what, "what");
        Json.given(train, "train");
        Json.given(targetEval, "targetEval");
        Json.given(settings, "settings");
        watched = watched == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(watched));
        course = course == null ? Course.BEFORE : course;
        target = target == null || target.isBlank() ? null : target.strip();
        source = source == null || source.isBlank() ? null : source.strip();
        if (course.maxForgetting() != null && sourceEval == null) {
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
            Trained what,
            @Nullable HeadMask mask,
            boolean norms,
            boolean trainHead,
            DataFile train,
            DataFile targetEval,
            @Nullable DataFile sourceEval,
            Map<String, DataFile> watched,
            Settings settings,
            Course course) {
        this(
                schemaVersion,
                name,
                checkpoint,
                labels,
                prompt,
                what,
                mask,
                norms,
                trainHead,
                train,
                targetEval,
                sourceEval,
                watched,
                settings,
                course,
                null,
                null);
    }

    /// For a classifier, without further languages.
    public RunConfig(
            int schemaVersion,
            String name,
            String checkpoint,
            @Nullable List<String> labels,
            Trained what,
            @Nullable HeadMask mask,
            boolean norms,
            boolean trainHead,
            DataFile train,
            DataFile targetEval,
            @Nullable DataFile sourceEval,
            Settings settings) {
        this(
                schemaVersion,
                name,
                checkpoint,
                labels,
                null,
                what,
                mask,
                norms,
                trainHead,
                train,
                targetEval,
                sourceEval,
                Map.of(),
                settings,
                Course.DEFAULT);
    }

    /// All files and folders that it names.
    public List<String> namedFiles() {
        List<String> named = new ArrayList<>(List.of(checkpoint));
        files().values().forEach(file -> named.add(file.file()));
        return named;
    }

    /// The same run with every path changed.
    public RunConfig withPaths(UnaryOperator<String> map) {
        return new RunConfig(
                schemaVersion,
                name,
                map.apply(checkpoint),
                labels,
                prompt,
                what,
                mask,
                norms,
                trainHead,
                train.at(map.apply(train.file())),
                targetEval.at(map.apply(targetEval.file())),
                sourceEval == null ? null : sourceEval.at(map.apply(sourceEval.file())),
                mapped(watched, map),
                settings,
                course,
                target,
                source);
    }

    /// The same run with these names of target and source.
    public RunConfig named(@Nullable String otherTarget, @Nullable String otherSource) {
        return new RunConfig(
                schemaVersion,
                name,
                checkpoint,
                labels,
                prompt,
                what,
                mask,
                norms,
                trainHead,
                train,
                targetEval,
                sourceEval,
                watched,
                settings,
                course,
                otherTarget,
                otherSource);
    }

    /// The same run, with names from its files if it has none yet.
    public RunConfig named(GuessedNames names) {
        RunTexts texts = RunTexts.of(this, names);
        return named(texts.target(), source == null ? texts.source() : source);
    }

    private static Map<String, DataFile> mapped(Map<String, DataFile> files, UnaryOperator<String> map) {
        Map<String, DataFile> mapped = new LinkedHashMap<>();
        files.forEach((name, file) -> mapped.put(name, file.at(map.apply(file.file()))));
        return mapped;
    }

    /// The data files of the run, by role: `train`, `targetEval`, `sourceEval`, `watched NAME`.
    public Map<String, DataFile> files() {
        Map<String, DataFile> files = new LinkedHashMap<>();
        files.put("train", train);
        files.put("targetEval", targetEval);
        if (sourceEval != null) {
            files.put("sourceEval", sourceEval);
        }
        watched.forEach((name, file) -> files.put("watched " + name, file));
        return files;
    }

    /// The same run with its checkpoint and texts in other places.
    ///
    /// @param places path by what for, as in [#files()]; the checkpoint's is `checkpoint`
    public RunConfig at(Map<String, String> places) {
        Map<String, DataFile> files = files();
        files.replaceAll((role, file) -> file.at(places.getOrDefault(role, file.file())));
        Map<String, DataFile> others = new LinkedHashMap<>();
        watched.keySet().forEach(other -> others.put(other, files.get("watched " + other)));
        return new RunConfig(
                schemaVersion,
                name,
                places.getOrDefault("checkpoint", checkpoint),
                labels,
                prompt,
                what,
                mask,
                norms,
                trainHead,
                Json.given(files.get("train"), "train"),
                Json.given(files.get("targetEval"), "targetEval"),
                files.get("sourceEval"),
                others,
                settings,
                course,
                target,
                source);
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
        /// How the learning rate changes after the warm-up: falls linearly, falls on half a cosine wave, or stays.
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
        FULL
    }

    /// @param epochs        passes over the training texts
    /// @param batchSize     examples a step
    /// @param accumulate    micro-batches an optimizer step
    /// @param learningRate  peak of the schedule
    /// @param weightDecay   decoupled, on matrices only
    /// @param warmup        share of the steps that warm up linearly
    /// @param clip          largest global gradient norm; 0 for none
    /// @param dropout       probability; null for the checkpoint's own
    /// @param evaluateEvery steps between evaluations; 0 for the end of each epoch
    /// @param patience      evaluations without a better target accuracy before stopping; 0 for never
    /// @param examples      size of a label-balanced few-shot subset; 0 for all
    /// @param maxLength     longest sequence in tokens
    /// @param seed          of the subset, the order and the dropout
    public record Settings(
            int epochs,
            int batchSize,
            int accumulate,
            double learningRate,
            double weightDecay,
            double warmup,
            double clip,
            @Nullable Double dropout,
            int evaluateEvery,
            int patience,
            int examples,
            int maxLength,
            long seed) {
        /// A text needs a first and a last special token and at least one in between.
        public static final int SHORTEST = 3;

        /// @throws Problem when a number makes no sense
        public Settings {
            Range.atLeast("epochs", epochs, 1);
            Range.atLeast("batchSize", batchSize, 1);
            Range.atLeast("accumulate", accumulate, 1);
            Range.positive("learningRate", learningRate);
            Range.notNegative("weightDecay", weightDecay);
            Range.between("warmup", warmup, 0, 1);
            Range.notNegative("clip", clip);
            Range.below("dropout", dropout, 0, 1);
            Range.atLeast("evaluateEvery", evaluateEvery, 0);
            Range.atLeast("patience", patience, 0);
            Range.atLeast("examples", examples, 0);
            Range.atLeast("maxLength", maxLength, SHORTEST);
        }

        /// The same with another peak learning rate and another seed.
        public Settings with(double otherRate, long otherSeed) {
            return new Settings(
                    epochs,
                    batchSize,
                    accumulate,
                    otherRate,
                    weightDecay,
                    warmup,
                    clip,
                    dropout,
                    evaluateEvery,
                    patience,
                    examples,
                    maxLength,
                    otherSeed);
        }

        public static final Settings DEFAULT = new Settings(
                Defaults.EPOCHS,
                Defaults.BATCH_SIZE,
                Defaults.ACCUMULATE,
                Defaults.MASKED_RATE,
                Defaults.WEIGHT_DECAY,
                Defaults.WARMUP,
                Defaults.CLIP,
                null,
                0,
                0,
                0,
                Defaults.MAX_LENGTH,
                0);
    }
}
