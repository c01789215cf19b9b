package sirkuit.mask;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import sirkuit.Problem;

/// How a head's relevance is computed (see `docs/scores.md`).
public enum ScoreMethod {
    /// Margin of the right answer carried by the head's relevant part, in logits (arXiv 2601.08146).
    CDT("cdt", true),
    /// Size of the relevant part of the logits over the irrelevant part (CD-T, arXiv 2407.00886).
    CDT_MAGNITUDE("cdt-magnitude", false),
    /// First-order effect of moving the head to its mean, in logits: one backward pass for all heads.
    GRADIENT("gradient", true),
    /// Margin lost when the head is replaced by its mean, in logits: the causal reference.
    ABLATION("ablation", true),
    /// A seeded permutation of ranks: the control.
    RANDOM("random", false);

    private final String id;
    private final boolean signed;

    ScoreMethod(String id, boolean signed) {
        this.id = id;
        this.signed = signed;
    }

    /// The name on the command line and in files.
    @JsonValue
    public String id() {
        return id;
    }

    /// Whether a negative score has a meaning (pushes away from the right answer).
    public boolean signed() {
        return signed;
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
