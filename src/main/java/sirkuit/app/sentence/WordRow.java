package sirkuit.app.sentence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;

/// What the words of a sentence add to the answer of one checkpoint, with all heads or without the selected ones.
///
/// @param kind   which
/// @param name   of the checkpoint, as the window shows it
/// @param text   that was asked about
/// @param pair   the second text; empty for a single text
/// @param answer of the engine
public record WordRow(Kind kind, String name, String text, String pair, Event.Attributed answer) {
    /// In the order of the rows.
    public enum Kind {
        /// The project's checkpoint.
        CHECKPOINT,
        /// The same without the selected heads.
        CHECKPOINT_OFF,
        /// The checkpoint to compare with.
        BESIDE,
        /// The same without the selected heads.
        BESIDE_OFF;

        /// Whether the selected heads are off.
        public boolean off() {
            return this == CHECKPOINT_OFF || this == BESIDE_OFF;
        }

        /// Whether it is about the checkpoint to compare with.
        public boolean beside() {
            return this == BESIDE || this == BESIDE_OFF;
        }
    }

    /// How much a word pushes toward the class.
    public enum Method {
        GRADIENT,
        LEFT_OUT;

        /// In logits; NaN where it is not known.
        double of(Event.Attributed.Word word) {
            if (this == GRADIENT) {
                return word.gradient();
            }
            return word.leftOut() == null ? Double.NaN : word.leftOut();
        }

        public String words() {
            return Words.of("side.words.method." + name());
        }
    }

    /// The value of each word.
    ///
    /// @param from the row to take the difference from; null for the values themselves
    /// @return NaN where it is not known
    double[] values(Method method, @Nullable WordRow from) {
        return answer.words().stream()
                .mapToDouble(w -> method.of(w) - (from == null ? 0 : from.same(w, method, this)))
                .toArray();
    }

    /// The value of the same word of the same text; NaN where there is none.
    private double same(Event.Attributed.Word word, Method method, WordRow of) {
        if (!text.equals(of.text) || !pair.equals(of.pair) || answer.label() != of.answer.label()) {
            return Double.NaN;
        }
        return answer.words().stream()
                .filter(w -> w.part() == word.part() && w.start() == word.start() && w.end() == word.end())
                .mapToDouble(method::of)
                .findFirst()
                .orElse(Double.NaN);
    }

    /// The checkpoint and its answer, such as `Checkpoint: positive 93 %`.
    String caption() {
        return Words.of(
                kind.off() ? "side.words.row.off" : "side.words.row",
                name,
                answer.labels().get(answer.predicted()),
                percent(answer.predicted()));
    }

    /// The class that the values are about.
    String label() {
        return answer.labels().get(answer.label());
    }

    List<Event.Attributed.Word> words() {
        return answer.words();
    }

    String percent(int label) {
        return Numbers.decimal(100 * answer.probabilities()[label], 0) + "\u202f%";
    }
}
