package sirkuit.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.NullForNaN;
import sirkuit.Problem;
import sirkuit.mask.ScoreMethod;
import sirkuit.record.LabelBinding;
import sirkuit.record.Provenance;
import sirkuit.record.RunTexts;
import sirkuit.record.ScoreRecord;

/// Something that the engine reports. A run's `events.jsonl` has the same lines that go over its pipe. Some lines, such
/// as progress, go only over the pipe.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = Event.Alive.class, name = "alive"),
    @JsonSubTypes.Type(value = Event.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = Event.Noted.class, name = "noted"),
    @JsonSubTypes.Type(value = Event.Memory.class, name = "memory"),
    @JsonSubTypes.Type(value = Event.Inspected.class, name = "inspected"),
    @JsonSubTypes.Type(value = Event.Bound.class, name = "bound"),
    @JsonSubTypes.Type(value = Event.Described.class, name = "described"),
    @JsonSubTypes.Type(value = Event.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = Event.Predicted.class, name = "predicted"),
    @JsonSubTypes.Type(value = Event.Scoring.class, name = "scoring"),
    @JsonSubTypes.Type(value = Event.Scored.class, name = "scored"),
    @JsonSubTypes.Type(value = Event.Judged.class, name = "judged"),
    @JsonSubTypes.Type(value = Event.Explained.class, name = "explained"),
    @JsonSubTypes.Type(value = Event.Attributed.class, name = "attributed"),
    @JsonSubTypes.Type(value = Event.Examples.class, name = "examples"),
    @JsonSubTypes.Type(value = Event.Reached.class, name = "reached"),
    @JsonSubTypes.Type(value = Event.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Event.MadeFrom.class, name = "provenance"),
    @JsonSubTypes.Type(value = Event.Estimated.class, name = "estimated"),
    @JsonSubTypes.Type(value = Event.Stepped.class, name = "stepped"),
    @JsonSubTypes.Type(value = Event.Evaluated.class, name = "evaluated"),
    @JsonSubTypes.Type(value = Event.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = Event.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = Event.Written.class, name = "written"),
    @JsonSubTypes.Type(value = Event.Exported.class, name = "exported"),
    @JsonSubTypes.Type(value = Event.Verified.class, name = "verified"),
    @JsonSubTypes.Type(value = Event.Benched.class, name = "benched"),
    @JsonSubTypes.Type(value = Event.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = Event.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Event.Cancelled.class, name = "cancelled")
})
public sealed interface Event {
    /// The engine is up.
    ///
    /// @param protocol version of requests and events
    /// @param version  of Sirkuit
    /// @param device   `cpu`, `cuda:0`, ...
    /// @param backend  library that computes, with its version
    record Ready(int protocol, long pid, String version, String device, int threads, String backend) implements Event {}

    /// Sent every few seconds, for no request: the engine has not hung.
    ///
    /// @param sinceProgress seconds since the work came to a point where it could have been stopped; 0 without work
    record Alive(double sinceProgress) implements Event {}

    /// How far a request is.
    ///
    /// @param stage  what is being done
    /// @param detail what it is done to, such as a file or a head; null for stages that have none
    /// @param done   of `total`, in the stage's own unit
    record Progress(Stage stage, @Nullable String detail, long done, long total) implements Event {
        public Progress(Stage stage, long done, long total) {
            this(stage, null, done, total);
        }

        /// Reads the stage. Earlier versions wrote a sentence, which is kept as it is.
        @JsonCreator
        static Progress read(
                @JsonProperty("stage") @Nullable String stage,
                @JsonProperty("detail") @Nullable String detail,
                @JsonProperty("done") long done,
                @JsonProperty("total") long total) {
            Stage known = stage == null ? null : Stage.of(stage);
            return known == null
                    ? new Progress(Stage.OTHER, stage, done, total)
                    : new Progress(known, detail, done, total);
        }

        /// The current stage, for printing.
        public Message message() {
            return stage.message(detail);
        }
    }

    /// Something to know before trusting the result: texts that were cut, texts in two splits, a smaller batch.
    ///
    /// @param what    in English, for logs, scripts and older readers
    /// @param message the same as data; null in files of older versions
    record Noted(String what, @Nullable Message message) implements Event {
        public static Noted of(Message message) {
            return new Noted(message.english(), message);
        }

        /// The note, for showing it in another language.
        public Message said() {
            return message == null ? Message.plain(what) : message;
        }
    }

    /// Memory of the device after a request, in bytes; -1 where it cannot be known.
    ///
    /// @param used by the engine; on a GPU by all
    /// @param peak most that the engine has used so far
    /// @param free what is left
    record Memory(long used, long peak, long free) implements Event {}

    /// A checkpoint. On the line the fields of `shape` and `counts` stand beside the others.
    ///
    /// @param family       `model_type`
    /// @param shape        of the transformer
    /// @param counts       of its parameters
    /// @param labels       class names in the order of the logits; empty for a language model, which has none
    /// @param maxPositions longest sequence it can take, in tokens
    /// @param dtype        element type of the weights
    /// @param notes        what to know before trusting its numbers: how its files were read
    record Inspected(
            String checkpoint,
            String family,
            String architecture,
            @JsonUnwrapped Shape shape,
            @JsonUnwrapped Counts counts,
            List<String> labels,
            int maxPositions,
            int vocabulary,
            String dtype,
            List<String> notes,
            List<Message> messages)
            implements Event {
        /// @param hidden   d_model
        /// @param headSize d_head
        public record Shape(int layers, int heads, int hidden, int headSize) {}

        /// @param parameters     in all
        /// @param headParameters entries of W_Q, W_K, W_V (with biases) and W_O that belong to one head
        /// @param normParameters weights and biases of all norms
        public record Counts(long parameters, long headParameters, long normParameters) {}

        public Inspected {
            notes = notes == null ? List.of() : List.copyOf(notes); // earlier versions had none
            messages = messages == null ? List.of() : List.copyOf(messages);
        }

        /// A checkpoint without notes.
        public Inspected(
                String checkpoint,
                String family,
                String architecture,
                Shape shape,
                Counts counts,
                List<String> labels,
                int maxPositions,
                int vocabulary,
                String dtype) {
            this(
                    checkpoint,
                    family,
                    architecture,
                    shape,
                    counts,
                    labels,
                    maxPositions,
                    vocabulary,
                    dtype,
                    List.of(),
                    List.of());
        }

        /// With these notes.
        public Inspected withNotes(List<Message> others) {
            return new Inspected(
                    checkpoint,
                    family,
                    architecture,
                    shape,
                    counts,
                    labels,
                    maxPositions,
                    vocabulary,
                    dtype,
                    others.stream().map(Message::english).toList(),
                    others);
        }

        public int layers() {
            return shape.layers;
        }

        public int heads() {
            return shape.heads;
        }

        /// In all.
        public long parameters() {
            return counts.parameters;
        }
    }

    /// Which class every label of a data file is taken to mean, sent before the file is used; also when some
    /// labels mean none, for which it is then refused.
    ///
    /// @param role what the file is for in a run (see [sirkuit.record.RunConfig#files()]); `data` otherwise
    record Bound(String role, String file, LabelBinding binding) implements Event {
        public static final String DATA = "data";
    }

    /// A data file.
    ///
    /// @param classCounts  rows of each label, in the order of `labels`
    /// @param meanTokens   mean length in tokens
    /// @param truncated    texts longer than the limit
    /// @param duplicates   rows whose text stood in an earlier row
    /// @param overlaps     rows that are in another file too, by that file
    /// @param preview      the first rows
    record Described(
            String file,
            int examples,
            List<String> labels,
            int[] classCounts,
            double meanTokens,
            int truncated,
            int duplicates,
            Map<String, Integer> overlaps,
            List<Row> preview)
            implements Event {
        /// @param pair the second text; null where texts stand alone
        public record Row(String text, @Nullable String pair, String label) {}
    }

    /// Some rows of a data file and what the checkpoint says of them: part of the answer to [Request.Predict].
    ///
    /// @param from   number of the first of them, counted from 0 after filtering
    /// @param of     rows of the file in all
    /// @param labels class names, in the order of the probabilities
    record Predicted(int from, int of, List<String> labels, List<Row> rows) implements Event {
        /// @param pair          the second text; null where texts stand alone
        /// @param label         index of the right class
        /// @param language      what the column `language` says, or else the column of the filter; null without
        ///                      both
        /// @param predicted     index of the most probable class
        /// @param probabilities of each class, rounded to five decimals
        public record Row(
                String text,
                @Nullable String pair,
                int label,
                @Nullable String language,
                int predicted,
                float[] probabilities) {}
    }

    /// The result of [Request.Evaluate], and the end of that of [Request.Predict].
    record Measured(Quality quality, List<String> labels, double seconds) implements Event {}

    /// Scores so far, for all heads: NaN where a head has none yet.
    ///
    /// @param examples how many examples the scores are over so far
    /// @param of       how many there will be, at most
    /// @param inTopK   how sure it is that a head is among the k highest, 0 to 1; null while that is not asked
    record Scoring(
            ScoreMethod method,
            @NullForNaN double[][] score,
            @NullForNaN double[][] standardError,
            int examples,
            int of,
            @NullForNaN double @Nullable [][] inTopK)
            implements Event {
        public Scoring(ScoreMethod method, double[][] score, double[][] standardError, int examples, int of) {
            this(method, score, standardError, examples, of, null);
        }
    }

    /// The result of [Request.Score].
    record Scored(ScoreRecord scores) implements Event {}

    /// The result of [Request.Faithfulness].
    ///
    /// @param heads      how many heads the mask has
    /// @param sets       the same on different texts
    /// @param agreements of the score with mean ablation; empty when no score was given
    /// @param provenance what it was made from; null in answers of older versions
    record Judged(
            int heads,
            List<JudgedSet> sets,
            List<Agreement> agreements,
            @Nullable Provenance provenance) implements Event {
        public Judged(int heads, List<JudgedSet> sets, List<Agreement> agreements) {
            this(heads, sets, agreements, null);
        }

        /// @param name         `not scored` (`not in the baseline` when no score is given), or `scored` for the
        ///                     examples that the score was made from. It does not say whether the checkpoint
        ///                     was trained on these texts, because no file says that.
        /// @param whole        the model as it is
        /// @param keepOnly     with all other heads at their mean
        /// @param remove       with the mask's heads at their mean
        /// @param randomKeep   with only the same number of random heads, one for each seed
        /// @param randomRemove without the same number of random heads, one for each seed
        public record JudgedSet(
                String name,
                JudgedAccuracy whole,
                JudgedAccuracy keepOnly,
                JudgedAccuracy remove,
                List<JudgedAccuracy> randomKeep,
                List<JudgedAccuracy> randomRemove) {}

        /// @param examples    number of texts
        /// @param accuracy    share of right answers, 0 to 1
        /// @param low         lower end of its 95 % Wilson interval
        /// @param high        upper end
        /// @param margin      mean margin of the right answer, in logits
        /// @param marginError standard error of that
        public record JudgedAccuracy(
                int examples, double accuracy, double low, double high, double margin, double marginError) {}

        /// @param set      see [JudgedSet#name()]
        /// @param method   of the score
        /// @param spearman rank correlation with mean ablation over all scored heads
        /// @param k        size of the tops that are compared
        /// @param overlap  heads in both tops
        public record Agreement(String set, ScoreMethod method, double spearman, int k, int overlap) {}
    }

    /// The result of [Request.Explain] and [Request.WhatIf].
    ///
    /// @param tokens        as the model reads them
    /// @param labels        class names
    /// @param probabilities of each class
    /// @param predicted     index of the most probable class
    /// @param contributions [L][H] margin of the predicted class carried by each head (CD-T), in logits; null when
    ///                      not asked for
    /// @param attention     [T][T] pattern of the head asked for, readers first; null when not asked for
    /// @param truncated     whether the text was cut
    record Explained(
            List<Token> tokens,
            List<String> labels,
            double[] probabilities,
            int predicted,
            @NullForNaN double @Nullable [][] contributions,
            float @Nullable [][] attention,
            boolean truncated)
            implements Event {
        /// @param text  as the tokenizer writes it
        /// @param start first character in the text that it stands for; -1 for special tokens and a template's
        ///              own
        /// @param end   the character after the last
        /// @param part  0 for the first text, 1 for the second
        public record Token(String text, int start, int end, int part) {}
    }

    /// The result of [Request.Attribute]. The margin of a class is its logit minus the mean of the others.
    ///
    /// @param words         of the text and then of the second text, in order, as far as the model reads them
    /// @param labels        class names
    /// @param probabilities of each class
    /// @param predicted     index of the most probable class
    /// @param label         index of the class that the values are about
    /// @param margin        of that class, in logits
    /// @param rest          gradient × input of all tokens that are in no word: special tokens, the template's
    /// @param truncated     whether the text was cut
    record Attributed(
            List<Word> words,
            List<String> labels,
            double[] probabilities,
            int predicted,
            int label,
            double margin,
            double rest,
            boolean truncated)
            implements Event {
        /// A text without one word. Where spaces would be left on both sides, one of them goes too.
        ///
        /// @param start first character of the word
        /// @param end   the character after its last
        public static String without(String text, int start, int end) {
            boolean apart = (start == 0 || Character.isWhitespace(text.charAt(start - 1)))
                    && (end == text.length() || Character.isWhitespace(text.charAt(end)));
            int from = apart && start > 0 && end == text.length() ? start - 1 : start;
            int to = apart && end < text.length() ? end + 1 : end;
            return text.substring(0, from) + text.substring(to);
        }

        /// @param text     as it is written
        /// @param part     0 in the first text, 1 in the second
        /// @param start    its first character there
        /// @param end      the character after its last
        /// @param gradient gradient × input, summed over its tokens, in logits
        /// @param leftOut  the margin minus the margin of the text without the word, in logits; null when not
        ///                 asked for, or when nothing would be left of the text
        public record Word(
                String text,
                int part,
                int start,
                int end,
                double gradient,
                @Nullable Double leftOut) {}
    }

    /// The result of [Request.Examples].
    ///
    /// @param helped where the head's value is highest, highest first
    /// @param hurt   where it is lowest, lowest first
    record Examples(List<Example> helped, List<Example> hurt) implements Event {
        /// @param row   in the data file, counted from 0 after filtering
        /// @param pair  the second text; null where texts stand alone
        /// @param value of the head on this text
        public record Example(
                int row, String text, @Nullable String pair, String label, double value) {}
    }

    /// The result of [Request.Reach]: mean share of a token's attention by how far away the token lies that it reads.
    ///
    /// @param shares   of what lies `farthest` or more before, ..., 1 before, the token itself, 1 after, ...,
    ///                 `farthest` or more after; special tokens left out on both sides, so that they sum to 1 -
    ///                 `special`
    /// @param farthest the distance at both ends, in tokens
    /// @param special  share that goes to special tokens, such as `[CLS]` and `[SEP]`
    /// @param examples texts that it is averaged over
    record Reached(double[] shares, int farthest, double special, int examples) implements Event {}

    /// A run begins.
    ///
    /// @param steps               optimizer steps planned
    /// @param trainableParameters entries that will be trained
    /// @param parameters          entries of the whole checkpoint
    /// @param checkpointDigest    of the checkpoint that it starts from; null in files of older versions
    /// @param target              name of the language or task that it learns; null in files of older versions
    /// @param source              the same of the source; null also when no source texts were given
    /// @param digests             of its texts and their labels, by what for (`train`, `targetEval`, `sourceEval`,
    ///                            `watched NAME`); empty in files of older versions
    /// @param trainTokens         tokens of the training texts, once; null in files of older versions
    record Started(
            String name,
            int steps,
            int epochs,
            long trainableParameters,
            long parameters,
            int trainExamples,
            @Nullable String checkpointDigest,
            @Nullable String target,
            @Nullable String source,
            Map<String, String> digests,
            @Nullable Long trainTokens)
            implements Event {
        public Started {
            digests = digests == null ? Map.of() : digests;
        }

        public Started(
                String name, int steps, int epochs, long trainableParameters, long parameters, int trainExamples) {
            this(name, steps, epochs, trainableParameters, parameters, trainExamples, null, null, null, Map.of(), null);
        }

        /// Without the number of tokens, as older versions.
        public Started(
                String name,
                int steps,
                int epochs,
                long trainableParameters,
                long parameters,
                int trainExamples,
                @Nullable String checkpointDigest,
                @Nullable String target,
                @Nullable String source,
                Map<String, String> digests) {
            this(
                    name,
                    steps,
                    epochs,
                    trainableParameters,
                    parameters,
                    trainExamples,
                    checkpointDigest,
                    target,
                    source,
                    digests,
                    null);
        }

        /// The target and texts of the run, as far as its events have them.
        ///
        /// @param settings the names in its settings
        public RunTexts texts(RunTexts settings) {
            return settings.with(target, source, digests, checkpointDigest);
        }
    }

    /// What a run is made from and what computes it, reported when it starts. It is reported again when the run is
    /// resumed with another version or on another machine. Older versions did not report it.
    ///
    /// @param provenance paths are relative to the run's folder
    record MadeFrom(Provenance provenance) implements Event {
        public MadeFrom {
            Json.given(provenance, "provenance");
        }
    }

    /// What a run will take of the device's memory, in bytes, told before its first step.
    ///
    /// @param weights     all parameters in F32, and second copies of them
    /// @param gradients   of the trainable entries
    /// @param moments     of the trainable entries, two each
    /// @param activations of one micro-batch
    /// @param program     Java, libtorch and the tokenizer
    /// @param total       all of that
    record Estimated(long weights, long gradients, long moments, long activations, long program, long total)
            implements Event {}

    /// One optimizer step.
    ///
    /// @param step         counted from 1
    /// @param epoch        passes over the data so far, with fraction
    /// @param loss         mean cross-entropy of the batch
    /// @param gradientNorm before clipping
    record Stepped(
            int step, double epoch, double loss, double learningRate, double gradientNorm, double tokensPerSecond)
            implements Event {}

    /// An evaluation during a run; step 0 is before the first step.
    ///
    /// @param target     held-out target texts; null after step 0 in a run with a valid split, which measures them
    ///                   once more for the kept step only
    /// @param source     null when no source texts were given
    /// @param watched    further languages or tasks, by their names; empty in files of older versions
    /// @param forgetting source accuracy lost since step 0, in percentage points (negative when it rose); null when
    ///                   no source texts were given and in files of older versions
    /// @param valid      the valid split, which chooses the kept step; null in a run without one
    record Evaluated(
            int step,
            double epoch,
            @Nullable Quality target,
            @Nullable Quality source,
            Map<String, Quality> watched,
            @Nullable Double forgetting,
            @Nullable Quality valid)
            implements Event {
        public Evaluated {
            watched = watched == null ? Map.of() : watched;
        }

        public Evaluated(int step, double epoch, Quality target, @Nullable Quality source) {
            this(step, epoch, target, source, Map.of(), null, null);
        }

        /// How well the target is learnt so far: on the valid split, or on the target texts in a run without one.
        public Quality learnt() {
            return valid == null ? Json.given(target, "target") : valid;
        }
    }

    /// A run has stopped at a point where it can be resumed.
    ///
    /// @param step    steps done
    /// @param why     what stopped it, and what resumes it, in English
    /// @param ends    whether its process ends there too; false where it waits and continues by itself, and in
    ///                files of older versions
    /// @param message the same as `why`, as data; null in files of older versions
    record Paused(
            int step, String why, boolean ends, @Nullable Message message) implements Event {
        public static Paused of(int step, Message why, boolean ends) {
            return new Paused(step, why.english(), ends, why);
        }
    }

    /// A run continues after the step it had reached. What an earlier process sent about later steps is no longer
    /// valid, and is no longer in the run's file.
    record Resumed(int step) implements Event {}

    /// The adapted checkpoint has been written.
    ///
    /// @param folder relative to the run's folder
    /// @param step   whose values it holds: the last one's, or those of the best evaluation with patience or a
    ///     valid split
    /// @param target how good those values are on the target texts; null in files of older versions
    /// @param source the same for the source texts; null also when none were given
    /// @param watched the same for further languages or tasks, by their names
    /// @param valid  the same for the valid split, which chose the step; null without one
    record Written(
            String folder,
            int step,
            @Nullable Quality target,
            @Nullable Quality source,
            Map<String, Quality> watched,
            @Nullable Quality valid)
            implements Event {
        public Written {
            watched = watched == null ? Map.of() : watched;
        }

        public Written(String folder, int step, @Nullable Quality target, @Nullable Quality source) {
            this(folder, step, target, source, Map.of(), null);
        }
    }

    /// The result of [Request.Export].
    ///
    /// @param out     folder or file that was written
    /// @param digest  of the checkpoint that was exported, or that the delta leads to
    /// @param bytes   size of what was written
    /// @param tensors how many tensors the delta changes; null without one
    /// @param entries how many of their entries
    record Exported(
            String out,
            String digest,
            long bytes,
            @Nullable Integer tensors,
            @Nullable Long entries) implements Event {}

    /// One reference case recomputed.
    ///
    /// @param deviations largest absolute deviation of each quantity
    /// @param tolerances what is allowed
    record Verified(String name, boolean passed, Map<String, Double> deviations, Map<String, Double> tolerances)
            implements Event {}

    /// The result of [Request.Bench]: seconds by name.
    record Benched(Map<String, Double> seconds) implements Event {}

    /// The request is done.
    record Finished(double seconds) implements Event {}

    /// The request failed.
    ///
    /// @param what    what happened, with the file
    /// @param remedy  what to do
    /// @param details for a bug report; null for plain bad input
    /// @param kind    whether the input or the work is to blame; null in files of older versions
    /// @param message `what` as data, so that it can be said in another language; null in files of older versions
    /// @param advice  `remedy` as data; null in files of older versions
    record Failed(
            String what,
            String remedy,
            @Nullable String details,
            Problem.@Nullable Kind kind,
            @Nullable Message message,
            @Nullable Message advice)
            implements Event {
        public Failed(String what, String remedy, @Nullable String details) {
            this(what, remedy, details, details == null ? Problem.Kind.INPUT : Problem.Kind.WORK, null, null);
        }

        /// @param details for a bug report; null for plain bad input
        public static Failed of(Problem problem, @Nullable String details) {
            return new Failed(
                    problem.what(), problem.remedy(), details, problem.kind(), problem.message(), problem.advice());
        }

        /// The problem that it reports.
        public Problem problem() {
            return new Problem(
                    kind == null ? Problem.Kind.INPUT : kind,
                    message == null ? Message.plain(what) : message,
                    advice == null ? Message.plain(remedy) : advice,
                    null);
        }
    }

    /// The request was cancelled.
    record Cancelled() implements Event {}

    /// Whether no event of the same request follows.
    @JsonIgnore
    default boolean isLast() {
        return this instanceof Finished || this instanceof Failed || this instanceof Cancelled;
    }
}
