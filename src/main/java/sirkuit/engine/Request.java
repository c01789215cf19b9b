package sirkuit.engine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.DataFile;
import sirkuit.project.RunConfig;

/// Something asked of the engine. Each gets events under its number, the last of them [Event.Finished],
/// [Event.Failed] or [Event.Cancelled]. Requests are worked on one after another, in the order they came.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.Inspect.class, name = "inspect"),
    @JsonSubTypes.Type(value = Request.Describe.class, name = "describe"),
    @JsonSubTypes.Type(value = Request.Evaluate.class, name = "evaluate"),
    @JsonSubTypes.Type(value = Request.Score.class, name = "score"),
    @JsonSubTypes.Type(value = Request.Tune.class, name = "tune"),
    @JsonSubTypes.Type(value = Request.Verify.class, name = "verify"),
    @JsonSubTypes.Type(value = Request.Bench.class, name = "bench"),
    @JsonSubTypes.Type(value = Request.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = Request.Quit.class, name = "quit")
})
public sealed interface Request {
    /// A checkpoint as a request names it.
    ///
    /// @param checkpoint folder
    /// @param labels     class names in the order of the logits; null for the checkpoint's own
    /// @param maxLength  longest sequence in tokens
    record Model(String checkpoint, @Nullable List<String> labels, int maxLength) {}

    /// What is this checkpoint? Answered by [Event.Inspected].
    record Inspect(String checkpoint) implements Request {}

    /// What is in this data file, for this checkpoint? Answered by [Event.Described].
    record Describe(Model model, DataFile data) implements Request {}

    /// How well does the checkpoint do? Answered by [Event.Measured].
    record Evaluate(Model model, DataFile data) implements Request {}

    /// How relevant is each head? Answered by [Event.Scoring] while it goes on and one [Event.Scored].
    ///
    /// @param stabilised       CD-T's stabilised variant
    /// @param baselineExamples for the mean baseline
    /// @param examples         to score, disjoint from the former where there are enough
    /// @param heads            only these; null for all
    record Score(
            Model model,
            DataFile data,
            ScoreMethod method,
            boolean stabilised,
            int baselineExamples,
            int examples,
            long seed,
            @Nullable List<Head> heads)
            implements Request {}

    /// Masked fine-tuning. Its events go to the run's `events.jsonl` too: [Event.Started], [Event.Stepped],
    /// [Event.Evaluated], [Event.Written].
    ///
    /// @param runFolder where config, events and the adapted checkpoint are written; must not hold a run yet
    record Tune(RunConfig config, String runFolder) implements Request {}

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
            @Nullable List<String> only) implements Request {}

    /// Stops a request that is waiting or being worked on. The engine answers under that request's number.
    record Cancel(long target) implements Request {}

    /// Asks the engine to end once it has done what was asked for before.
    record Quit() implements Request {}
}
