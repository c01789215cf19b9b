package sirkuit.app.mask;

import java.util.TreeSet;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;

/// What could be done with the mask now, one thing at a time: use the heads of the run that is shown, select by the
/// scores that are shown, or take back the mask by hand that was replaced.
public final class MaskHints {
    private final MaskModel model;
    private final ReadOnlyObjectWrapper<@Nullable Hint> current = new ReadOnlyObjectWrapper<>();
    private @Nullable HeadMask dismissed;

    /// What a hint is about.
    public enum Kind {
        RUN,
        SCORES,
        DRAFT
    }

    /// @param words  what there is
    /// @param action what can be done, in words
    public record Hint(Kind kind, String words, String action) {}

    public MaskHints(MaskModel model) {
        this.model = model;
        model.mask().subscribe(m -> update());
        model.offered().subscribe(o -> update());
        model.draft().subscribe(d -> update());
        model.others().run().subscribe(r -> update());
    }

    /// Null while there is none.
    public ReadOnlyObjectProperty<@Nullable Hint> current() {
        return current.getReadOnlyProperty();
    }

    /// Does what the hint is about.
    public void act() {
        Hint hint = current.get();
        OtherHeads.Named run = model.others().run().get();
        HeadMask draft = model.draft().get();
        if (hint != null && hint.kind == Kind.SCORES) {
            model.takeOffer();
        } else if (hint != null && hint.kind == Kind.RUN && run != null) {
            model.load(run.mask(), Words.of("mask.step.run", run.name()));
        } else if (hint != null && draft != null) {
            model.load(draft, Words.of("mask.step.draft"));
        }
    }

    /// Hides the hint. It comes again with another run, other scores or another draft.
    public void dismiss() {
        Hint hint = current.get();
        if (hint != null) {
            switch (hint.kind) {
                case RUN -> model.others().run().set(null);
                case SCORES -> model.declineOffer();
                case DRAFT -> dismissed = model.draft().get();
            }
            model.others().preview().set(null);
            update();
        }
    }

    /// Shows what the mask would become, as long as somebody points at the action.
    public void preview(boolean on) {
        Hint hint = current.get();
        MaskModel.Offer offer = model.offered().get();
        model.others()
                .preview()
                .set(
                        !on || hint == null || hint.kind == Kind.RUN
                                ? null
                                : hint.kind == Kind.DRAFT ? model.draft().get() : offer == null ? null : offer.mask());
    }

    private void update() {
        HeadMask mask = model.mask().get();
        Hint hint = mask == null ? null : ofRun(mask);
        hint = hint != null || mask == null ? hint : ofScores(mask);
        current.set(hint != null || mask == null ? hint : ofDraft(mask));
    }

    private @Nullable Hint ofRun(HeadMask mask) {
        OtherHeads.Named run = model.others().run().get();
        if (run == null || !differs(mask, run.mask())) {
            return null;
        }
        TreeSet<Head> both = new TreeSet<>(mask.selected());
        both.retainAll(run.mask().selected());
        return new Hint(
                Kind.RUN,
                Words.of(
                        "mask.hint.run",
                        run.name(),
                        both.size() + "",
                        run.mask().size() - both.size() + "",
                        mask.size() - both.size() + ""),
                Words.of("mask.hint.run.use"));
    }

    private @Nullable Hint ofScores(HeadMask mask) {
        MaskModel.Offer offer = model.offered().get();
        return offer == null
                ? null
                : new Hint(
                        Kind.SCORES,
                        Words.of(
                                "mask.hint.scores",
                                MaskWords.title(offer.scores()),
                                MaskWords.change(mask, offer.mask())),
                        Words.of("mask.hint.scores.use"));
    }

    private @Nullable Hint ofDraft(HeadMask mask) {
        HeadMask draft = model.draft().get();
        return draft == null || draft == dismissed || !differs(mask, draft)
                ? null
                : new Hint(Kind.DRAFT, Words.of("mask.hint.draft", draft.size() + ""), Words.of("mask.hint.draft.use"));
    }

    private static boolean differs(HeadMask mask, HeadMask other) {
        return mask.layers() == other.layers()
                && mask.heads() == other.heads()
                && !mask.selected().equals(other.selected());
    }
}
