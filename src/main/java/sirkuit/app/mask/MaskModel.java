package sirkuit.app.mask;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MadeBy;
import sirkuit.mask.MaskOrigin;
import sirkuit.mask.RelevanceScores;

/// The current mask: which heads are selected, by which strategy, with undo and redo.
public final class MaskModel extends MaskTimeline {
    private final ObjectProperty<Strategy> strategy = new SimpleObjectProperty<>(Strategy.TOP_K);
    private final IntegerProperty k = new SimpleIntegerProperty(0);
    private final ReadOnlyIntegerWrapper most = new ReadOnlyIntegerWrapper(1);
    private final MaskBasis basis = new MaskBasis();
    private final ReadOnlyObjectWrapper<@Nullable Offer> offer = new ReadOnlyObjectWrapper<>();
    private final OtherHeads others = new OtherHeads();
    private final ReadOnlyObjectWrapper<@Nullable HeadMask> draft = new ReadOnlyObjectWrapper<>();
    private final DoubleProperty threshold = new SimpleDoubleProperty();
    private final ObservableSet<Head> locked = FXCollections.observableSet(new TreeSet<>());
    private long randomSeed;
    private boolean following;
    private @Nullable RelevanceScores declined;

    /// What the same strategy selects by the scores that are shown, which are not those of the mask.
    public record Offer(HeadMask mask, RelevanceScores scores) {}

    public MaskModel() {
        strategy.subscribe((was, now) -> strategyChosen(now));
        k.subscribe((was, now) -> apply());
        basis.shown().subscribe((was, now) -> rescored());
        threshold.subscribe((was, now) -> apply());
    }

    /// Sets the model's shape. The mask begins as `start`, or empty.
    public void begin(int layers, int heads, @Nullable HeadMask start) {
        HeadMask first = start == null ? HeadMask.none(layers, heads) : start;
        first.requireShape(layers, heads);
        basis.follow(first);
        declined = basis.shown().get();
        restart(first);
        boolean empty = start == null || start.size() == 0;
        follow(() -> {
            strategy.set(empty ? Strategy.TOP_K : Strategy.behind(first));
            bound(); // before k, which the controls keep within it
            k.set(Math.min(most.get(), empty ? Math.max(1, layers * heads / 4) : first.size()));
        });
        if (start == null) {
            rescored();
        }
    }

    public ObjectProperty<Strategy> strategy() {
        return strategy;
    }

    /// Selects by a strategy. The one that is in use selects again, by the scores that are shown.
    public void choose(Strategy chosen) {
        if (strategy.get() != chosen) {
            strategy.set(chosen);
        } else if (chosen.needsScores()) {
            declined = null;
            offer();
            takeOffer();
        }
    }

    /// The number of heads that the strategy selects.
    public IntegerProperty k() {
        return k;
    }

    /// The score that a head must reach, for the threshold strategy.
    public DoubleProperty threshold() {
        return threshold;
    }

    /// Heads that strategies do not change.
    public ObservableSet<Head> locked() {
        return locked;
    }

    public void toggleLock(@Nullable Head head) {
        if (head != null && !locked.remove(head)) {
            locked.add(head);
        }
    }

    /// Adds or removes one head, by the scores. Nothing happens if the strategy is by hand and there are no scores.
    public void grow(int by) {
        HeadMask now = current();
        RelevanceScores ranks = now == null ? null : basis.shownFor(now);
        if (now == null || ranks == null) {
            return;
        }
        List<Head> order = ranks.ranked();
        Head change = (by > 0 ? order : order.reversed())
                .stream()
                        .filter(h -> now.contains(h.layer(), h.head()) == by < 0 && !locked.contains(h))
                        .findFirst()
                        .orElse(null);
        if (change != null) {
            byHand(now.toggled(change), null);
        }
    }

    /// Selects all heads that score at least this high.
    public void atLeast(RelevanceScores by, double least) {
        HeadMask now = current();
        HeadMask chosen = now == null ? null : new Selecting(Strategy.THRESHOLD, 0, least, 0).apply(now, by, locked);
        if (chosen != null) {
            basis.use(by);
            follow(() -> {
                strategy.set(Strategy.THRESHOLD);
                threshold.set(least);
            });
            change(chosen);
        }
    }

    /// Combines the mask with another.
    ///
    /// @param action what is done, in words; null for the heads that change
    /// @throws sirkuit.Problem when it is for another shape of model
    public void combine(HeadMask other, BinaryOperator<HeadMask> how, @Nullable String action) {
        HeadMask now = current();
        if (now != null) {
            HeadMask result = how.apply(now, other);
            byHand(new HeadMask(result.layers(), result.heads(), result.selected(), "by hand"), action);
        }
    }

    /// How many heads the strategy can select: those that have scores if it uses scores, otherwise all.
    public ReadOnlyIntegerProperty most() {
        return most.getReadOnlyProperty();
    }

    /// The scores that are shown. Strategies use them for the first mask, and for one that was made by hand. A mask
    /// that was made by other scores stays with those until [#takeOffer()].
    public ObjectProperty<@Nullable RelevanceScores> scores() {
        return basis.shown();
    }

    /// The scores that the strategies use now; null without scores.
    public @Nullable RelevanceScores usedScores() {
        HeadMask now = current();
        return now == null ? null : basis.of(now);
    }

    /// Whether the mask was made by scores that are not in memory: see [#learn(RelevanceScores)].
    public boolean missesScores() {
        return basis.missing();
    }

    /// Tells of scores that a mask may have been made by.
    public void learn(RelevanceScores scores) {
        if (basis.learn(scores)) {
            bound();
            offer();
        }
    }

    /// Other heads by the scores that are shown now; null while there are none.
    public ReadOnlyObjectProperty<@Nullable Offer> offered() {
        return offer.getReadOnlyProperty();
    }

    /// Selects by the scores that are shown.
    public void takeOffer() {
        Offer taken = offer.get();
        HeadMask now = current();
        if (taken != null && now != null) {
            Selecting by = selecting().byOther(taken.scores, now.size());
            basis.use(taken.scores);
            follow(() -> {
                bound();
                k.set(by.k());
                threshold.set(by.threshold());
            });
            change(taken.mask);
        }
    }

    /// Stays with the scores of the mask until others are shown.
    public void declineOffer() {
        declined = basis.shown().get();
        offer();
    }

    /// Heads that are outlined beside the mask.
    public OtherHeads others() {
        return others;
    }

    /// The mask by hand that was replaced last; null if there is none.
    public ReadOnlyObjectProperty<@Nullable HeadMask> draft() {
        return draft.getReadOnlyProperty();
    }

    public void toggle(Head head) {
        HeadMask now = current();
        if (now != null) {
            byHand(now.toggled(head), null);
        }
    }

    /// Selects a whole row or column, or deselects it if all of it was selected.
    public void toggleTogether(Collection<Head> group) {
        HeadMask now = current();
        if (now != null) {
            byHand(now.toggledTogether(group), null);
        }
    }

    /// Switches all of these on.
    public void select(Collection<Head> heads) {
        HeadMask now = current();
        if (now != null && !now.selected().containsAll(heads)) {
            byHand(now.toggledTogether(heads), null);
        }
    }

    /// Takes over what was selected by hand, as one step of undo.
    public void become(HeadMask chosen) {
        HeadMask now = current();
        if (now != null && !now.selected().equals(chosen.selected())) {
            byHand(chosen, null);
        }
    }

    public void clear() {
        HeadMask now = current();
        if (now != null) {
            keepDraft(now);
            byHand(new HeadMask(now.layers(), now.heads(), new TreeSet<>(), "by hand"), null);
        }
    }

    /// Draws other random heads.
    public void shuffle() {
        randomSeed++;
        apply();
    }

    /// Loads a saved mask.
    ///
    /// @throws sirkuit.Problem when it is for another shape of model
    public void load(HeadMask saved) {
        load(saved, null);
    }

    /// The same.
    ///
    /// @param action what is done, in words
    public void load(HeadMask saved, @Nullable String action) {
        HeadMask now = current();
        if (now != null) {
            saved.requireShape(now.layers(), now.heads());
            keepDraft(now);
            basis.follow(saved);
            declined = basis.shown().get();
            follow(() -> adopt(saved));
            change(saved, action);
        }
    }

    @Override
    void travelled(HeadMask to) {
        basis.follow(to);
        declined = basis.shown().get();
        follow(() -> adopt(to));
    }

    @Override
    void published() {
        others.preview().set(null);
        offer();
    }

    private void adopt(HeadMask other) {
        strategy.set(Strategy.behind(other));
        bound(); // of the scores that it was made by
        if (other.size() > 0) {
            k.set(other.size());
        }
        MadeBy made = MadeBy.of(other);
        if (made.origin() == MaskOrigin.THRESHOLD && !Double.isNaN(made.least())) {
            threshold.set(made.least());
        }
        if (made.origin() == MaskOrigin.RANDOM) {
            randomSeed = made.seed();
        }
    }

    private void byHand(HeadMask changed, @Nullable String action) {
        follow(() -> strategy.set(Strategy.BY_HAND));
        basis.use(null);
        change(changed, action);
    }

    private void strategyChosen(Strategy now) {
        HeadMask current = current();
        RelevanceScores by = current == null ? null : basis.of(current);
        if (!following && now == Strategy.THRESHOLD && current != null && by != null) {
            follow(() -> threshold.set(Selecting.thresholdOf(by, current.size(), threshold.get())));
        }
        bound();
        if (!following && now != Strategy.BY_HAND && current != null && current.size() > 0) {
            follow(() -> k.set(current.size()));
        }
        apply();
        offer();
    }

    private void bound() {
        HeadMask now = current();
        if (now != null) {
            RelevanceScores by = basis.of(now);
            // The controls move values beyond the new bound back to it, which is not the user's choice.
            int available =
                    by != null && strategy.get().needsScores() ? by.ranked().size() : now.layers() * now.heads();
            follow(() -> {
                most.set(available);
                k.set(Math.min(k.get(), most.get()));
            });
        }
    }

    /// Other scores are shown. They make the first mask; a later one stays as it is.
    private void rescored() {
        RelevanceScores shown = basis.shown().get();
        if (shown != null) {
            basis.learn(shown);
        }
        HeadMask now = current();
        bound();
        if (now != null && now.size() == 0 && basis.unused() && strategy.get().needsScores()) {
            apply();
        }
        offer();
    }

    private Selecting selecting() {
        boolean random = strategy.get() == Strategy.RANDOM;
        int count = random ? k.get() : Math.clamp(k.get(), 0, most.get());
        return new Selecting(strategy.get(), count, threshold.get(), randomSeed);
    }

    private void apply() {
        HeadMask now = current();
        RelevanceScores by = now == null ? null : basis.of(now);
        HeadMask chosen = following || now == null ? null : selecting().apply(now, by, locked);
        if (chosen != null) {
            keepDraft(Objects.requireNonNull(now));
            basis.use(strategy.get().needsScores() ? by : null);
            change(chosen);
        }
    }

    /// Strategies and saved masks replace what was selected by hand: it can be had back.
    private void keepDraft(HeadMask now) {
        if (now.size() > 0 && Strategy.behind(now) == Strategy.BY_HAND) {
            draft.set(now);
        }
    }

    private void offer() {
        offer.set(offering(current()));
    }

    private @Nullable Offer offering(@Nullable HeadMask now) {
        RelevanceScores shown = now == null ? null : basis.shownFor(now);
        if (now == null || now.size() == 0 || shown == null || shown == declined || basis.uses(shown)) {
            return null;
        }
        HeadMask other = selecting().byOther(shown, now.size()).apply(now, shown, locked);
        boolean open = other != null
                && strategy.get().needsScores()
                && !other.selected().equals(now.selected());
        return open && other != null ? new Offer(other, shown) : null;
    }

    /// Updates the controls to the mask without making another mask.
    private void follow(Runnable change) {
        boolean already = following;
        following = true;
        change.run();
        following = already;
    }
}
