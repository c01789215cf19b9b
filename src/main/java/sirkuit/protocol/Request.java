package sirkuit.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.Range;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.record.DataFile;
import sirkuit.record.Prompt;
import sirkuit.record.RunConfig;

/// A request to the engine. Each gets events with its number; the last one is [Event.Finished], [Event.Failed] or
/// [Event.Cancelled]. Requests are processed one after another, in order. Questions that are answered in place go
/// first: other work waits for them at its next stop point. These are [Explain], [WhatIf], [Attribute], [Reach],
/// [Examples], and [Faithfulness] with a slot.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.Inspect.class, name = "inspect"),
    @JsonSubTypes.Type(value = Request.Describe.class, name = "describe"),
    @JsonSubTypes.Type(value = Request.Evaluate.class, name = "evaluate"),
    @JsonSubTypes.Type(value = Request.Predict.class, name = "predict"),
    @JsonSubTypes.Type(value = Request.Score.class, name = "score"),
    @JsonSubTypes.Type(value = Request.Faithfulness.class, name = "faithfulness"),
    @JsonSubTypes.Type(value = Request.Explain.class, name = "explain"),
    @JsonSubTypes.Type(value = Request.WhatIf.class, name = "whatIf"),
    @JsonSubTypes.Type(value = Request.Attribute.class, name = "attribute"),
    @JsonSubTypes.Type(value = Request.Examples.class, name = "examples"),
    @JsonSubTypes.Type(value = Request.Reach.class, name = "reach"),
    @JsonSubTypes.Type(value = Request.Tune.class, name = "tune"),
    @JsonSubTypes.Type(value = Request.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = Request.Proxy.class, name = "proxy"),
    @JsonSubTypes.Type(value = Request.Export.class, name = "export"),
    @JsonSubTypes.Type(value = Request.Verify.class, name = "verify"),
    @JsonSubTypes.Type(value = Request.Bench.class, name = "bench"),
    @JsonSubTypes.Type(value = Request.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = Request.Order.class, name = "order"),
    @JsonSubTypes.Type(value = Request.Detach.class, name = "detach"),
    @JsonSubTypes.Type(value = Request.Quit.class, name = "quit")
})
public sealed interface Request {
    /// A checkpoint as a request names it.
    ///
    /// @param checkpoint folder
    /// @param labels     class names in the order of the logits; null for the checkpoint's own
    /// @param maxLength  longest sequence in tokens
    /// @param prompt     how texts are put to a language model; null for a classifier
    record Model(
            String checkpoint,
            @Nullable List<String> labels,
            int maxLength,
            @Nullable Prompt prompt) {
        /// @throws Problem when a number makes no sense
        public Model {
            Range.atLeast("maxLength", maxLength, RunConfig.Settings.SHORTEST);
        }

        public Model(String checkpoint, @Nullable List<String> labels, int maxLength) {
            this(checkpoint, labels, maxLength, null);
        }
    }

    /// Describes a checkpoint. Answered by [Event.Inspected].
    record Inspect(String checkpoint) implements Request {}

    /// Describes a data file, for this checkpoint. Answered by [Event.Described].
    ///
    /// @param others files whose texts should not be in this one; null for none
    record Describe(Model model, DataFile data, @Nullable List<DataFile> others) implements Request {
        public Describe(Model model, DataFile data) {
            this(model, data, null);
        }
    }

    /// Evaluates the checkpoint. Answered by [Event.Measured].
    record Evaluate(Model model, DataFile data) implements Request {}

    /// Predicts the class of each text. Answered by [Event.Predicted], some rows at a time in the order of the
    /// file, and one [Event.Measured] over all of them.
    ///
    /// @param from first row, counted from 0 after filtering, so that an interrupted request can be resumed
    record Predict(Model model, DataFile data, int from) implements Request {}

    /// Scores the heads. Answered by [Event.Scoring] during the work and one [Event.Scored].
    ///
    /// @param stabilised       CD-T's stabilised variant
    /// @param baselineExamples for the mean baseline
    /// @param examples         to score, disjoint from the baseline's if there are enough; with `refine` the
    ///                         maximum
    /// @param heads            only these; null for all
    /// @param topK             k of the confidence that a head is among the k highest; 0 for a quarter of the heads
    /// @param refine           CD-T only: score heads on more examples until it is decided at this level, such as
    ///                         0.95, whether they are among the k highest; null to score all heads on all examples
    record Score(
            Model model,
            DataFile data,
            ScoreMethod method,
            boolean stabilised,
            int baselineExamples,
            int examples,
            long seed,
            @Nullable List<Head> heads,
            int topK,
            @Nullable Double refine)
            implements Request {
        /// @throws Problem when a number makes no sense
        public Score {
            Range.atLeast("baselineExamples", baselineExamples, 1);
            Range.atLeast("examples", examples, 1);
            Range.atLeast("topK", topK, 0);
            Range.inside("refine", refine, 0.5, 1);
        }

        /// All heads on all examples.
        public Score(
                Model model,
                DataFile data,
                ScoreMethod method,
                boolean stabilised,
                int baselineExamples,
                int examples,
                long seed,
                @Nullable List<Head> heads) {
            this(model, data, method, stabilised, baselineExamples, examples, seed, heads, 0, null);
        }
    }

    /// Measures the model with only a mask's heads, and without them. Answered by [Event.Judged].
    ///
    /// @param mask             the selected heads
    /// @param scores           score file whose ranking is compared with mean ablation, and whose examples are one
    ///                         of the sets; null for none
    /// @param baselineExamples for the mean baseline, not used for evaluation if there are enough
    /// @param examples         label-balanced texts to evaluate on; 0 for all that are left
    /// @param slot             see [Explain#slot()]
    record Faithfulness(
            Model model,
            DataFile data,
            HeadMask mask,
            @Nullable String scores,
            int baselineExamples,
            int examples,
            long seed,
            @Nullable String slot)
            implements Request {
        /// @throws Problem when a number makes no sense
        public Faithfulness {
            Range.atLeast("baselineExamples", baselineExamples, 1);
            Range.atLeast("examples", examples, 0);
        }

        public Faithfulness(
                Model model,
                DataFile data,
                HeadMask mask,
                @Nullable String scores,
                int baselineExamples,
                int examples,
                long seed) {
            this(model, data, mask, scores, baselineExamples, examples, seed, null);
        }
    }

    /// Explains the model's answer to one text, and which heads contribute to it. Answered by [Event.Explained].
    ///
    /// @param pair     the second text; null for a single text
    /// @param baseline data for the mean baseline, which is kept for the next request; null to leave the heads'
    ///                 contributions out
    /// @param head     the head whose attention is requested; null for none
    /// @param slot     a request supersedes earlier ones of the same slot: they end as cancelled; null for none
    record Explain(
            Model model,
            String text,
            @Nullable String pair,
            @Nullable DataFile baseline,
            @Nullable Head head,
            @Nullable String slot)
            implements Request {}

    /// The same with some heads switched off. Answered by [Event.Explained], without contributions.
    ///
    /// @param off    heads to switch off
    /// @param toZero whether their outputs become zero instead of their mean, for which `baseline` is needed
    record WhatIf(
            Model model,
            String text,
            @Nullable String pair,
            @Nullable DataFile baseline,
            @Nullable Head head,
            @Nullable String slot,
            List<Head> off,
            boolean toZero)
            implements Request {
        /// The request without heads off.
        public Explain plain() {
            return new Explain(model, text, pair, baseline, head, slot);
        }
    }

    /// Measures how much each word of a text pushes toward a class. Answered by [Event.Attributed].
    ///
    /// @param label    index of the class; null for the class that the checkpoint predicts with these heads
    /// @param off      heads whose outputs are replaced by their mean; null for none
    /// @param baseline data for the mean; may be null without such heads
    /// @param leaveOut whether also to leave out each word in turn, which takes one forward pass for each word
    /// @param slot     see [Explain#slot()]
    record Attribute(
            Model model,
            String text,
            @Nullable String pair,
            @Nullable Integer label,
            @Nullable HeadMask off,
            @Nullable DataFile baseline,
            boolean leaveOut,
            @Nullable String slot)
            implements Request {}

    /// Finds the texts that a head helps and hurts most. Answered by [Event.Examples].
    ///
    /// @param scores file of scores with values of each example
    /// @param count  how many of each kind
    record Examples(Model model, DataFile data, String scores, Head head, int count) implements Request {}

    /// Measures how far away a head looks. Answered by [Event.Reached].
    ///
    /// @param examples label-balanced texts to average over
    /// @param slot     see [Explain#slot()]
    record Reach(
            Model model,
            DataFile data,
            Head head,
            int examples,
            @Nullable String slot) implements Request {}

    /// See [Explain#slot()].
    @JsonIgnore
    default @Nullable String supersedes() {
        return switch (this) {
            case Explain e -> e.slot();
            case WhatIf w -> w.slot();
            case Attribute a -> a.slot();
            case Faithfulness f -> f.slot();
            case Reach r -> r.slot();
            default -> null;
        };
    }

    /// Masked fine-tuning. Its events also go to the run's `events.jsonl`: [Event.Started], [Event.Stepped],
    /// [Event.Evaluated], [Event.Written]. If it is cancelled, it saves a resume point and reports [Event.Paused].
    ///
    /// @param runFolder folder for config, events and the adapted checkpoint; must not contain a run yet
    record Tune(RunConfig config, String runFolder) implements Request {}

    /// Resumes a run that was paused, killed or failed, from its last resume point. It ends with the same numbers
    /// as a run without interruption. It sends [Event.Started] again and [Event.Resumed] before it continues.
    ///
    /// @param runFolder    of a run that has not finished
    /// @param allowOutside whether it may read files outside its folder without an earlier agreement
    record Resume(String runFolder, boolean allowOutside) implements Request {
        public Resume(String runFolder) {
            this(runFolder, false);
        }
    }

    /// Makes a classifier from a base model by full fine-tuning. Its events are those of [Tune], in the folder
    /// `training` of the proxy's folder. [Resume] with that folder resumes it, and also moves the result into
    /// place.
    ///
    /// @param config as of a run; its checkpoint is the base, its labels are the classes in the order of the
    ///               logits, null for those of the training texts
    /// @param folder of the proxy; must not exist yet
    record Proxy(RunConfig config, String folder) implements Request {}

    /// Exports a run's result. Answered by [Event.Exported]. It needs no device and runs beside the engine's other
    /// work.
    ///
    /// @param runFolder    of a run that has finished
    /// @param out          new folder; for a delta also a new file
    /// @param checkpoint   the checkpoint that the run started from; null for its recorded place
    /// @param allowOutside whether it may read files outside its folder without an earlier agreement
    record Export(
            String runFolder,
            String out,
            Form form,
            @Nullable String checkpoint,
            boolean allowOutside) implements Request {
        /// The form of the result.
        public enum Form {
            /// A folder for `transformers`, with a model card.
            WHOLE,
            /// Only the changed values, bit for bit.
            DELTA,
            /// The same with ten bits for each difference.
            ROUNDED
        }
    }

    /// Recomputes reference cases (the layout of `golden/`). Answered by an [Event.Verified] each.
    ///
    /// @param writeTo folder for the computed values; null for none
    record Verify(List<String> cases, @Nullable String writeTo) implements Request {}

    /// Times the engine's work on one checkpoint. Answered by [Event.Benched].
    ///
    /// @param only names of what to time; null for everything
    record Bench(
            Model model,
            DataFile data,
            int examples,
            int tokens,
            @Nullable List<String> only) implements Request {
        /// The benchmarks without training.
        public static final List<String> SCORING = List.of(
                "forward",
                "cdt",
                "cdt_real_lengths",
                "gradient",
                "gradient_real_lengths",
                "ablation",
                "ablation_real_lengths",
                "cdt_edges",
                "cdt_again",
                "cdt_edges_real_lengths",
                "refined_real_lengths",
                "ablation_bound");

        /// The benchmarks with training. The memory of one shows only in a separate process.
        public static final List<String> STEPS =
                List.of("masked_step", "checkpointed_step", "top_layers_step", "full_step");
    }

    /// Cancels a request that is waiting or in progress. The engine answers under that request's number.
    record Cancel(long target) implements Request {}

    /// Puts waiting requests in another order. Does not affect requests in progress.
    ///
    /// @param waiting numbers of requests; those that are not among them come after them, in their order
    record Order(List<Long> waiting) implements Request {}

    /// Detaches from the engine. When its input ends, it finishes its runs, does nothing else, and ends.
    record Detach() implements Request {}

    /// Asks the engine to end after the earlier requests.
    record Quit() implements Request {}
}
