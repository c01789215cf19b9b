package sirkuit.mask;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import sirkuit.Message;
import sirkuit.Problem;

/// How a head's relevance is computed (see `docs/scores.md`). This is the one description of a method: the engine, the
/// command line, the report and the window read it.
///
/// A new method needs a constant here, its computation in `RelevanceScoring`, its words in both languages
/// (`messages.properties` for the report, `words.properties` for the window) and a row in `docs/scores.md`.
public enum ScoreMethod {
    /// Margin of the right answer carried by the head's relevant part, in logits (arXiv 2601.08146).
    CDT(
            "cdt",
            Computation.DECOMPOSITION,
            Unit.LOGITS,
            "CD-T",
            Message.of("mask.method-cdt"),
            Message.of("mask.method-cdt-meaning")),
    /// Size of the relevant part of the logits over the irrelevant part (CD-T, arXiv 2407.00886).
    CDT_MAGNITUDE(
            "cdt-magnitude",
            Computation.DECOMPOSITION,
            Unit.SHARE,
            "CD-T magnitude",
            Message.of("mask.method-cdt-magnitude"),
            Message.of("mask.method-cdt-magnitude-meaning")),
    /// First-order effect of moving the head to its mean, in logits: one backward pass for all heads.
    GRADIENT(
            "gradient",
            Computation.GRADIENT,
            Unit.LOGITS,
            "Gradient",
            Message.of("mask.method-gradient"),
            Message.of("mask.method-gradient-meaning")),
    /// Margin lost when the head is replaced by its mean, in logits: the causal reference.
    ABLATION(
            "ablation",
            Computation.ABLATION,
            Unit.LOGITS,
            "Mean ablation",
            Message.of("mask.method-ablation"),
            Message.of("mask.method-ablation-meaning")),
    /// A seeded permutation of ranks: the control.
    RANDOM(
            "random",
            Computation.CHANCE,
            Unit.RANK,
            "Random",
            Message.of("mask.method-random"),
            Message.of("mask.method-random-meaning"));

    /// How the scores are computed.
    public enum Computation {
        /// Splits the signal of every head on every example, against the mean baseline. It can be refined:
        /// heads that are decided need no more examples.
        DECOMPOSITION,
        /// One backward pass an example, against the mean baseline.
        GRADIENT,
        /// A forward pass for every head and example, with the mean baseline in place of the head.
        ABLATION,
        /// From a seed alone, without examples.
        CHANCE
    }

    /// The unit of a score.
    public enum Unit {
        /// A negative score pushes away from the right answer.
        LOGITS(true),
        /// The relevant part over the irrelevant part.
        SHARE(false),
        /// From 0 to 1.
        RANK(false);

        private final boolean signed;

        Unit(boolean signed) {
            this.signed = signed;
        }

        /// Its part of a bundle's key.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String id;
    private final Computation computation;
    private final Unit unit;
    private final String nameInRuns;
    private final Message title;
    private final Message meaning;

    ScoreMethod(String id, Computation computation, Unit unit, String nameInRuns, Message title, Message meaning) {
        this.id = id;
        this.computation = computation;
        this.unit = unit;
        this.nameInRuns = nameInRuns;
        this.title = title;
        this.meaning = meaning;
    }

    /// The name on the command line and in files.
    @JsonValue
    public String id() {
        return id;
    }

    public Computation computation() {
        return computation;
    }

    public Unit unit() {
        return unit;
    }

    /// Its name in the names of runs and masks. It is the same in every language, because these names are stored.
    public String nameInRuns() {
        return nameInRuns;
    }

    /// Its title in the report.
    public Message title() {
        return title;
    }

    /// The meaning of a score, in a sentence of the report.
    public Message meaning() {
        return meaning;
    }

    /// Whether a negative score has a meaning (pushes away from the right answer). Such scores are drawn in two
    /// colours around zero, the others in one.
    public boolean signed() {
        return unit.signed;
    }

    /// Whether it uses examples, so that a score has a standard error and values for each example.
    public boolean measured() {
        return computation != Computation.CHANCE;
    }

    /// The methods that use examples, in the order of the lists to choose from.
    public static List<ScoreMethod> allMeasured() {
        return Arrays.stream(values()).filter(ScoreMethod::measured).toList();
    }

    /// @throws Problem when there is no such method
    @JsonCreator
    public static ScoreMethod of(String id) {
        return Arrays.stream(values())
                .filter(m -> m.id.equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                        "mask.no-such-method",
                        id,
                        String.join(
                                ", ",
                                Arrays.stream(values()).map(ScoreMethod::id).toList())));
    }
}
