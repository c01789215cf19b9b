package sirkuit.app.present;

import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import sirkuit.app.present.answer.Answer;
import sirkuit.mask.HeadMask;
import sirkuit.presentation.GivenText;
import sirkuit.presentation.GlossedText;
import sirkuit.presentation.TriedText;

/// The sentences to pick from: the presenter's own, or else the most striking ones among the candidates, according to
/// the model's answers. Until these are known, some short ones. They do not change any more once somebody has picked or
/// typed a sentence.
final class Examples {
    private final List<GlossedText> candidates;
    private final Rehearsal rehearsal;
    private final @Nullable HeadMask chosen;
    private final ReadOnlyObjectWrapper<List<GivenText>> shown = new ReadOnlyObjectWrapper<>(List.of());
    private boolean settled;

    /// @param chosen the selected heads; null for none
    Examples(Script script, @Nullable HeadMask chosen) {
        this.chosen = chosen;
        rehearsal = script.rehearsal();
        candidates = script.candidates();
        settled = candidates.isEmpty();
        List<TriedText> known = tried();
        shown.set(
                settled
                        ? script.examples()
                        : known.isEmpty() ? GivenText.examples(candidates) : TriedText.examples(known));
    }

    ReadOnlyObjectProperty<List<GivenText>> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Everything that a rehearsal asks about.
    List<GivenText> rehearsed() {
        return candidates.isEmpty()
                ? shown.get()
                : candidates.stream().map(Examples::given).toList();
    }

    boolean isRehearsed(String text) {
        return rehearsed().stream().anyMatch(e -> e.shown().equals(text));
    }

    /// Keeps the examples as they are.
    void settle() {
        settled = true;
    }

    /// An answer has come. Chooses once all are there.
    void answered() {
        if (settled) {
            return;
        }
        List<TriedText> known = tried();
        if (known.size() == candidates.size()) {
            settled = true;
            shown.set(TriedText.examples(known));
        }
    }

    private List<TriedText> tried() {
        return candidates.stream().map(this::tried).filter(Objects::nonNull).toList();
    }

    private @Nullable TriedText tried(GlossedText text) {
        GivenText given = given(text);
        Answer whole = rehearsal.answer(given.shown(), null);
        Answer without = chosen == null ? null : rehearsal.answer(given.shown(), chosen);
        return whole == null || (chosen != null && without == null)
                ? null
                : new TriedText(
                        given,
                        text.label(),
                        whole.labels(),
                        whole.probabilities(),
                        without == null ? null : without.probabilities());
    }

    private static GivenText given(GlossedText text) {
        return new GivenText(text.text(), text.pair());
    }
}
