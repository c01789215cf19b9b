package sirkuit.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;

/// What a request is doing. The names in files and on the pipe are those of the constants, in lower case with hyphens;
/// they stay as they are, because scripts read them.
public enum Stage {
    /// Mean outputs of the heads, over the texts of the baseline.
    AVERAGING,
    /// Scores of heads.
    SCORING,
    /// Some heads need more texts; the detail says how many.
    UNDECIDED,
    SCORED,
    /// Accuracy on test texts.
    EVALUATING,
    /// The causal check on texts that no score was computed on.
    CHECKING_HELD_OUT,
    /// The causal check on the texts that were scored.
    CHECKING_SCORED,
    /// Mean ablation of each head, to compare with scores, on texts that no score was computed on.
    ABLATING_HELD_OUT,
    /// The same on the texts that were scored.
    ABLATING_SCORED,
    PREDICTING,
    /// How far a head looks; the detail is the head.
    READING,
    TUNING,
    /// Another run has the device.
    WAITING,
    /// Speed; the detail is what is measured.
    TIMING,
    /// A reference case; the detail is its name.
    VERIFYING,
    /// A stage of another version; the detail is its text.
    OTHER;

    /// Its name in files and on the pipe.
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether its text has a place for a detail.
    public boolean detailed() {
        return this == UNDECIDED || this == READING || this == TIMING || this == VERIFYING || this == OTHER;
    }

    /// The code of its text in `messages.properties`.
    public String code() {
        return "protocol.stage." + id();
    }

    /// The stage as a message, for printing.
    Message message(@Nullable String detail) {
        String to = Objects.requireNonNullElse(detail, "");
        if (this == OTHER) {
            return Message.plain(to);
        }
        return detailed() ? Message.of(code(), to) : Message.of(code());
    }

    /// Null for a stage that this version does not know, such as the sentences of earlier versions.
    static @Nullable Stage of(String id) {
        return Arrays.stream(values())
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
