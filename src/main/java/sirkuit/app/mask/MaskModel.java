package sirkuit.app.mask;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
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
import sirkuit.mask.MaskHistory;
import sirkuit.mask.MaskOrigin;
import sirkuit.mask.RelevanceScores;

/// The current mask: which heads are selected, by which strategy, with undo and redo.
public final class MaskModel {
    private final ReadOnlyObjectWrapper<@Nullable HeadMask> mask = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Strategy> strategy = new SimpleObjectProperty<>(Strategy.TOP_K);
    private final IntegerProperty k = new SimpleIntegerProperty(0);
    private final ReadOnlyIntegerWrapper most = new ReadOnlyIntegerWrapper(1);
    private final MaskBasis basis = new MaskBasis();
    private final ReadOnlyObjectWrapper<@Nullable Offer> offer = new ReadOnlyObjectWrapper<>();
    private final OtherHeads others = new OtherHeads();
    private final ReadOnlyObjectWrapper<@Nullable HeadMask> draft = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    private final DoubleProperty threshold = new SimpleDoubleProperty();
    private final ObservableSet<Head> locked = FXCollections.observableSet(new TreeSet<>());
    private @Nullable MaskHistory history;
    private long randomSeed;
    private boolean following;
    private boolean gesture;
    private boolean gestureStarted;
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
        history = new MaskHistory(first);
        basis.follow(first);
        declined = basis.shown().get();
        publish();
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

    /// Null until the model's shape is known.
    public ReadOnlyObjectProperty<@Nullable HeadMask> mask() {
        return mask.getReadOnlyProperty();
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
        HeadMask now = mask.get();
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
            byHand(now.toggled(change));
        }
    }

    /// Selects all heads that score at least this high.
    public void atLeast(RelevanceScores by, double least) {
        HeadMask now = mask.get();
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

    /// What the mask would be together with another.
    ///
    /// @throws sirkuit.Problem when it is for another shape of model
    public @Nullable HeadMask combined(HeadMask other, BinaryOperator<HeadMask> how) {
        HeadMask now = mask.get();
        return now == null ? null : how.apply(now, other);
    }

    /// Combines the mask with another.
    ///
    /// @param action what is done, in words; null for the heads that change
    /// @throws sirkuit.Problem when it is for another shape of model
    public void combine(HeadMask other, BinaryOperator<HeadMask> how, @Nullable String action) {
        HeadMask result = combined(other, how);
        if (result != null) {
            byHand(new HeadMask(result.layers(), result.heads(), result.selected(), "by hand"), action);
        }
    }

    /// Every mask of the history, oldest first; empty until the model's shape is known.
    public List<HeadMask> steps() {
        return history == null ? List.of() : history.steps();
    }

    /// The same, with what was done.
    public List<MaskHistory.Step> actions() {
        return history == null ? List.of() : history.actions();
    }

    /// Which of the steps is shown.
    public int position() {
        return history == null ? 0 : history.position();
    }

    /// Goes back or forward in the history.
    public void goTo(int step) {
        if (history != null) {
            history.goTo(step);
            travelled(history);
        }
    }

    /// How many heads the strategy can select: those that have scores if it uses scores, otherwise all.
    public ReadOnlyIntegerProperty most() {
        return most.getReadOnlyProperty();
    }

    /// The scores that are shown. Strategies use them for the first mask, and for one that was made by hand. A mask that
    /// was made by other scores stays with those until [#takeOffer()].
    public ObjectProperty<@Nullable RelevanceScores> scores() {
        return basis.shown();
    }

    /// The scores that the strategies use now; null without scores.
    public @Nullable RelevanceScores usedScores() {
        HeadMask now = mask.get();
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
        HeadMask now = mask.get();
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

    public ReadOnlyBooleanProperty canUndo() {
        return canUndo.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canRedo() {
        return canRedo.getReadOnlyProperty();
    }

    public void toggle(Head head) {
        HeadMask now = mask.get();
        if (now != null) {
            byHand(now.toggled(head));
        }
    }

    /// Selects a whole row or column, or deselects it if all of it was selected.
    public void toggleTogether(Collection<Head> group) {
        HeadMask now = mask.get();
        if (now != null) {
            byHand(now.toggledTogether(group));
        }
    }

    /// Switches all of these on.
    public void select(Collection<Head> heads) {
        HeadMask now = mask.get();
        if (now != null && !now.selected().containsAll(heads)) {
            byHand(now.toggledTogether(heads));
        }
    }

    /// Takes over what was selected by hand, as one step of undo.
    public void become(HeadMask chosen) {
        HeadMask now = mask.get();
        if (now != null && !now.selected().equals(chosen.selected())) {
            byHand(chosen);
        }
    }

    public void clear() {
        HeadMask now = mask.get();
        if (now != null) {
            keepDraft(now);
            byHand(new HeadMask(now.layers(), now.heads(), new TreeSet<>(), "by hand"));
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
        HeadMask now = mask.get();
        if (now != null) {
            saved.requireShape(now.layers(), now.heads());
            keepDraft(now);
            basis.follow(saved);
            declined = basis.shown().get();
            follow(() -> adopt(saved));
            change(saved, action);
        }
    }

    /// Begins a gesture, such as a drag along the slider. Everything until [#endGesture()] is one
    /// step of undo.
    public void beginGesture() {
        gesture = true;
        gestureStarted = false;
    }

    public void endGesture() {
        gesture = false;
    }

    public void undo() {
        if (history != null) {
            history.undo();
            travelled(history);
        }
    }

    public void redo() {
        if (history != null) {
            history.redo();
            travelled(history);
        }
    }

    private void travelled(MaskHistory through) {
        basis.follow(through.current());
        declined = basis.shown().get();
        follow(() -> adopt(through.current()));
        publish();
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

    private void byHand(HeadMask changed) {
        byHand(changed, null);
    }

    private void byHand(HeadMask changed, @Nullable String action) {
        follow(() -> strategy.set(Strategy.BY_HAND));
        basis.use(null);
        change(changed, action);
    }

    private void strategyChosen(Strategy now) {
        HeadMask current = mask.get();
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
        HeadMask now = mask.get();
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
        HeadMask now = mask.get();
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
        HeadMask now = mask.get();
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
        HeadMask now = mask.get();
        RelevanceScores shown = now == null ? null : basis.shownFor(now);
        boolean open = now != null
                && now.size() > 0
                && shown != null
                && shown != declined
                && strategy.get().needsScores()
                && !basis.uses(shown);
        HeadMask other = !open || now == null || shown == null
                ? null
                : selecting().byOther(shown, now.size()).apply(now, shown, locked);
        offer.set(
                other == null || shown == null || now == null || other.selected().equals(now.selected())
                        ? null
                        : new Offer(other, shown));
    }

    private void change(HeadMask to) {
        change(to, null);
    }

    private void change(HeadMask to, @Nullable String action) {
        if (history == null) {
            return;
        }
        if (gesture && gestureStarted) {
            history.amend(to);
        } else {
            history.change(to, action);
            gestureStarted = true;
        }
        publish();
    }

    /// Updates the controls to the mask without making another mask.
    private void follow(Runnable change) {
        boolean already = following;
        following = true;
        change.run();
        following = already;
    }

    private void publish() {
        if (history != null) {
            mask.set(history.current());
            canUndo.set(history.canUndo());
            canRedo.set(history.canRedo());
            others.preview().set(null);
            offer();
        }
    }
}
