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

/// A request to the engine. Each gets events with its number; the last of them is [Event.Finished], [Event.Failed] or
/// [Event.Cancelled]. Requests are processed one after another, in their order.
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
    @JsonSubTypes.Type(value = Request.Examples.class, name = "examples"),
    @JsonSubTypes.Type(value = Request.Reach.class, name = "reach"),
    @JsonSubTypes.Type(value = Request.Tune.class, name = "tune"),
    @JsonSubTypes.Type(value = Request.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = Request.Export.class, name = "export"),
    @JsonSubTypes.Type(value = Request.Verify.class, name = "verify"),
    @JsonSubTypes.Type(value = Request.Bench.class, name = "bench"),
    @JsonSubTypes.Type(value = Request.Cancel.class, name = "cancel"),
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
        /// @throws Problem when a number cannot be meant
        public Model {
            Range.atLeast("maxLength", maxLength, RunConfig.Settings.SHORTEST);
        }

        public Model(String checkpoint, @Nullable List<String> labels, int maxLength) {
            this(checkpoint, labels, maxLength, null);
        }
    }

    /// What is this checkpoint? Answered by [Event.Inspected].
    record Inspect(String checkpoint) implements Request {}

    /// What is in this data file, for this checkpoint? Answered by [Event.Described].
    ///
    /// @param others files whose texts should not be in this one; null for none
    record Describe(Model model, DataFile data, @Nullable List<DataFile> others) implements Request {
        public Describe(Model model, DataFile data) {
            this(model, data, null);
        }
    }

    /// How well does the checkpoint do? Answered by [Event.Measured].
    record Evaluate(Model model, DataFile data) implements Request {}

    /// What does the checkpoint say of each text? Answered by [Event.Predicted], some rows at a time in the order of
    /// the file, and one [Event.Measured] over all of them.
    ///
    /// @param from first row, counted from 0 after filtering: a question that was interrupted can be resumed
    record Predict(Model model, DataFile data, int from) implements Request {}

    /// How relevant is each head? Answered by [Event.Scoring] while it goes on and one [Event.Scored].
    ///
    /// @param stabilised       CD-T's stabilised variant
    /// @param baselineExamples for the mean baseline
    /// @param examples         to score, disjoint from the former where there are enough; with `refine` at most so
    ///                         many
    /// @param heads            only these; null for all
    /// @param topK             k of the confidence that a head is among the k highest; 0 for a quarter of the heads
    /// @param refine           CD-T only: score heads on more examples as long as it is not settled at this level,
    ///                         such as 0.95, whether they are among the k highest; null to score all heads on all
    ///                         examples
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
        /// @throws Problem when a number cannot be meant
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

    /// What does the model know with only a mask's heads, and without them? Answered by [Event.Judged].
    ///
    /// @param mask             the selected heads
    /// @param scores           score file whose ranking is compared with mean ablation, and whose examples are one
    ///                         of the sets; null for none
    /// @param baselineExamples for the mean baseline, never judged on where there are enough
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
        /// @throws Problem when a number cannot be meant
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

    /// What does the model make of one text, and which heads make it say so? Answered by [Event.Explained].
    ///
    /// @param pair     the second text; null where texts stand alone
    /// @param baseline data for the mean baseline, which is kept for the next question; null to leave the heads'
    ///                 contributions out
    /// @param head     whose attention is wanted; null for none
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
        /// The question without the heads off.
        public Explain plain() {
            return new Explain(model, text, pair, baseline, head, slot);
        }
    }

    /// The texts that a head helps and hurts most. Answered by [Event.Examples].
    ///
    /// @param scores file of scores with values of each example
    /// @param count  how many of each kind
    record Examples(Model model, DataFile data, String scores, Head head, int count) implements Request {}

    /// How far away does a head look? Answered by [Event.Reached].
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
            case Faithfulness f -> f.slot();
            case Reach r -> r.slot();
            default -> null;
        };
    }

    /// Masked fine-tuning. Its events go to the run's `events.jsonl` too: [Event.Started], [Event.Stepped],
    /// [Event.Evaluated], [Event.Written]. Cancelled, it keeps what it takes to go on and says so: [Event.Paused].
    ///
    /// @param runFolder where config, events and the adapted checkpoint are written; must not hold a run yet
    record Tune(RunConfig config, String runFolder) implements Request {}

    /// Resumes a run that was cancelled, killed or failed, from its last resume point; it ends with the same
    /// numbers as one that was never stopped. It sends [Event.Started] again and [Event.Resumed] before it
    /// continues.
    ///
    /// @param runFolder    of a run that has not finished
    /// @param allowOutside whether it may read files outside of its folder that nobody has agreed to
    record Resume(String runFolder, boolean allowOutside) implements Request {
        public Resume(String runFolder) {
            this(runFolder, false);
        }
    }

    /// Writes what a run came to for others. Answered by [Event.Exported]. It needs no device and is worked on beside
    /// whatever else the engine does.
    ///
    /// @param runFolder    of a run that has finished
    /// @param out          new folder; for a delta also a new file
    /// @param checkpoint   the checkpoint that the run started from; null for where it was
    /// @param allowOutside whether it may read files outside of its folder that nobody has agreed to
    record Export(
            String runFolder,
            String out,
            Form form,
            @Nullable String checkpoint,
            boolean allowOutside) implements Request {
        /// What is written.
        public enum Form {
            /// A folder for `transformers`, with a model card.
            WHOLE,
            /// What changed, bit for bit.
            DELTA,
            /// The same with ten bits a difference.
            ROUNDED
        }
    }

    /// Recomputes reference cases (the layout of `golden/`). Answered by an [Event.Verified] each.
    ///
    /// @param writeTo folder for what was computed; null for nowhere
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
        /// Those that do not train.
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

        /// Those that train: what one of them takes of memory shows in a process of its own.
        public static final List<String> STEPS =
                List.of("masked_step", "checkpointed_step", "top_layers_step", "full_step");
    }

    /// Stops a request that is waiting or being worked on. The engine answers under that request's number.
    record Cancel(long target) implements Request {}

    /// Detaches from the engine: when its input ends, it finishes the runs that it has, and nothing else, and ends.
    record Detach() implements Request {}

    /// Asks the engine to end once it has done what was asked for before.
    record Quit() implements Request {}
}
