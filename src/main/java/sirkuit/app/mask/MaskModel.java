package sirkuit.app.mask;

import java.util.Collection;
import java.util.List;
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
import sirkuit.mask.MaskHistory;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;

/// The current mask: which heads are selected, by which strategy, with undo and redo.
public final class MaskModel {
    private final ReadOnlyObjectWrapper<@Nullable HeadMask> mask = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Strategy> strategy = new SimpleObjectProperty<>(Strategy.TOP_K);
    private final IntegerProperty k = new SimpleIntegerProperty(0);
    private final ReadOnlyIntegerWrapper most = new ReadOnlyIntegerWrapper(1);
    private final ObjectProperty<@Nullable RelevanceScores> scores = new SimpleObjectProperty<>();
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    private final DoubleProperty threshold = new SimpleDoubleProperty();
    private final ObservableSet<Head> locked = FXCollections.observableSet(new TreeSet<>());
    private @Nullable MaskHistory history;
    private long randomSeed;
    private boolean following;
    private boolean gesture;
    private boolean gestureStarted;

    public MaskModel() {
        strategy.subscribe((was, now) -> strategyChosen(now));
        k.subscribe((was, now) -> apply());
        scores.subscribe((was, now) -> rescored());
        threshold.subscribe((was, now) -> apply());
    }

    /// Sets the model's shape. The mask begins as `start`, or empty.
    public void begin(int layers, int heads, @Nullable HeadMask start) {
        HeadMask first = start == null ? HeadMask.none(layers, heads) : start;
        first.requireShape(layers, heads);
        history = new MaskHistory(first);
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
        RelevanceScores ranks = now == null ? null : fitting(now);
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
        follow(() -> {
            strategy.set(Strategy.THRESHOLD);
            threshold.set(least);
        });
        change(keepingLocked(new MaskStrategy.Threshold(least).apply(by)));
    }

    /// Combines the mask with another.
    ///
    /// @throws sirkuit.Problem when it is for another shape of model
    public void combine(HeadMask other, BinaryOperator<HeadMask> how) {
        HeadMask now = mask.get();
        if (now != null) {
            HeadMask result = how.apply(now, other);
            follow(() -> strategy.set(Strategy.BY_HAND));
            change(new HeadMask(result.layers(), result.heads(), result.selected(), "by hand"));
        }
    }

    /// Every mask of the history, oldest first; empty until the model's shape is known.
    public List<HeadMask> steps() {
        return history == null ? List.of() : history.steps();
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

    private HeadMask keepingLocked(HeadMask chosen) {
        HeadMask now = mask.get();
        if (now == null || locked.isEmpty()) {
            return chosen;
        }
        TreeSet<Head> heads = new TreeSet<>(chosen.selected());
        for (Head head : locked) {
            if (now.contains(head.layer(), head.head())) {
                heads.add(head);
            } else {
                heads.remove(head);
            }
        }
        return heads.equals(chosen.selected())
                ? chosen
                : new HeadMask(
                        chosen.layers(), chosen.heads(), heads, chosen.madeBy() + ", " + locked.size() + " locked");
    }

    /// How many heads the strategy can select: those that have scores if it uses scores, otherwise all.
    public ReadOnlyIntegerProperty most() {
        return most.getReadOnlyProperty();
    }

    /// The scores that the strategies use.
    public ObjectProperty<@Nullable RelevanceScores> scores() {
        return scores;
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
        HeadMask now = mask.get();
        if (now != null) {
            saved.requireShape(now.layers(), now.heads());
            change(saved);
            follow(() -> adopt(saved));
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
        follow(() -> adopt(through.current()));
        publish();
    }

    private void adopt(HeadMask other) {
        strategy.set(Strategy.behind(other));
        if (other.size() > 0) {
            k.set(other.size());
        }
    }

    private void byHand(HeadMask changed) {
        follow(() -> strategy.set(Strategy.BY_HAND));
        change(changed);
    }

    private void strategyChosen(Strategy now) {
        if (!following && now == Strategy.THRESHOLD) {
            follow(this::thresholdOfMask);
        }
        HeadMask current = mask.get();
        bound();
        if (!following && now != Strategy.BY_HAND && current != null && current.size() > 0) {
            follow(() -> k.set(current.size()));
        }
        apply();
    }

    /// The threshold at which the mask keeps its size.
    private void thresholdOfMask() {
        HeadMask now = mask.get();
        RelevanceScores by = now == null ? null : fitting(now);
        if (now != null && by != null && !by.ranked().isEmpty()) {
            List<Head> order = by.ranked();
            threshold.set(by.score(order.get(Math.clamp(now.size() - 1, 0, order.size() - 1))));
        }
    }

    private void bound() {
        HeadMask now = mask.get();
        if (now != null) {
            RelevanceScores by = fitting(now);
            // The controls move values beyond the new bound back to it, which is not the user's choice.
            int available =
                    by != null && strategy.get().needsScores() ? by.ranked().size() : now.layers() * now.heads();
            follow(() -> {
                most.set(available);
                k.set(Math.min(k.get(), most.get()));
            });
        }
    }

    private @Nullable RelevanceScores fitting(HeadMask now) {
        RelevanceScores by = scores.get();
        return by != null && by.layers() == now.layers() && by.heads() == now.heads() ? by : null;
    }

    private void rescored() {
        bound();
        if (strategy.get().needsScores()) {
            apply();
        }
    }

    private void apply() {
        HeadMask now = mask.get();
        if (following || now == null) {
            return;
        }
        RelevanceScores by = fitting(now);
        int count = Math.clamp(k.get(), 0, most.get());
        switch (strategy.get()) {
            case TOP_K -> changeBy(new MaskStrategy.TopK(count), by);
            case NEAR_ZERO -> changeBy(new MaskStrategy.NearZero(count), by);
            case THRESHOLD -> changeBy(new MaskStrategy.Threshold(threshold.get()), by);
            case RANDOM ->
                change(keepingLocked(new MaskStrategy.RandomK(k.get(), randomSeed).draw(now.layers(), now.heads())));
            case BY_HAND -> {}
        }
    }

    private void changeBy(MaskStrategy chosen, @Nullable RelevanceScores by) {
        if (by != null) {
            change(keepingLocked(chosen.apply(by)));
        }
    }

    private void change(HeadMask to) {
        if (history == null) {
            return;
        }
        if (gesture && gestureStarted) {
            history.amend(to);
        } else {
            history.change(to);
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
        }
    }
}
