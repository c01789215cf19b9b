package sirkuit.engine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.ScoreRecord;

/// Something the engine reports. The same lines go over its pipe and into a run's `events.jsonl`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = Event.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = Event.Inspected.class, name = "inspected"),
    @JsonSubTypes.Type(value = Event.Described.class, name = "described"),
    @JsonSubTypes.Type(value = Event.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = Event.Scoring.class, name = "scoring"),
    @JsonSubTypes.Type(value = Event.Scored.class, name = "scored"),
    @JsonSubTypes.Type(value = Event.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Event.Stepped.class, name = "stepped"),
    @JsonSubTypes.Type(value = Event.Evaluated.class, name = "evaluated"),
    @JsonSubTypes.Type(value = Event.Written.class, name = "written"),
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

    /// How far a request is.
    ///
    /// @param stage what is being done, in words
    /// @param done  of `total`, in the stage's own unit
    record Progress(String stage, long done, long total) implements Event {}

    /// A checkpoint.
    ///
    /// @param family      `model_type`
    /// @param hidden      d_model
    /// @param headSize    d_head
    /// @param parameters  in all
    /// @param headParameters entries of W_Q, W_K, W_V (with biases) and W_O that belong to one head
    /// @param normParameters weights and biases of all norms
    /// @param labels      class names in the order of the logits
    /// @param maxPositions longest sequence it can take, in tokens
    /// @param dtype       element type of the weights
    record Inspected(
            String checkpoint,
            String family,
            String architecture,
            int layers,
            int heads,
            int hidden,
            int headSize,
            long parameters,
            long headParameters,
            long normParameters,
            List<String> labels,
            int maxPositions,
            int vocabulary,
            String dtype)
            implements Event {}

    /// A data file.
    ///
    /// @param classCounts  rows of each label, in the order of `labels`
    /// @param meanTokens   mean length in tokens
    /// @param truncated    texts longer than the limit
    /// @param duplicates   rows whose text stood in an earlier row
    /// @param preview      the first rows
    record Described(
            String file,
            int examples,
            List<String> labels,
            int[] classCounts,
            double meanTokens,
            int truncated,
            int duplicates,
            List<Row> preview)
            implements Event {
        public record Row(String text, String label) {}
    }

    /// The result of [Request.Evaluate].
    record Measured(Quality quality, List<String> labels, double seconds) implements Event {}

    /// Scores so far, for all heads: null where a head has none yet.
    ///
    /// @param examples how many examples the scores are over so far
    /// @param of       how many there will be
    record Scoring(ScoreMethod method, Double[][] score, Double[][] standardError, int examples, int of)
            implements Event {}

    /// The result of [Request.Score].
    record Scored(ScoreRecord scores) implements Event {}

    /// A run begins.
    ///
    /// @param steps               optimizer steps planned
    /// @param trainableParameters entries that will be trained
    /// @param parameters          entries of the whole checkpoint
    record Started(String name, int steps, int epochs, long trainableParameters, long parameters, int trainExamples)
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
    /// @param source null when no source texts were given
    record Evaluated(
            int step,
            double epoch,
            Quality target,
            @Nullable Quality source) implements Event {}

    /// The adapted checkpoint has been written.
    ///
    /// @param folder relative to the run's folder
    /// @param step   whose values it holds: the last one's, or with patience those of the best evaluation
    /// @param target how good those values are on the target texts; null in files of older versions
    /// @param source the same for the source texts; null also when none were given
    record Written(
            String folder,
            int step,
            @Nullable Quality target,
            @Nullable Quality source) implements Event {}

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

    /// The request could not be done.
    ///
    /// @param what    what happened, with the file
    /// @param remedy  what to do
    /// @param details for a bug report; null for plain bad input
    /// @param kind    whether the input or the work is to blame; null in files of older versions
    record Failed(String what, String remedy, @Nullable String details, Problem.@Nullable Kind kind) implements Event {
        public Failed(String what, String remedy, @Nullable String details) {
            this(what, remedy, details, details == null ? Problem.Kind.INPUT : Problem.Kind.WORK);
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
