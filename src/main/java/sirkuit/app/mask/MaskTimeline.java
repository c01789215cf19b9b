package sirkuit.app.mask;

import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskHistory;

/// The current mask and the steps that led to it.
public abstract sealed class MaskTimeline permits MaskModel {
    private final ReadOnlyObjectWrapper<@Nullable HeadMask> mask = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    private @Nullable MaskHistory history;
    private boolean gesture;
    private boolean gestureStarted;

    /// Null until the model's shape is known.
    public final ReadOnlyObjectProperty<@Nullable HeadMask> mask() {
        return mask.getReadOnlyProperty();
    }

    final @Nullable HeadMask current() {
        return mask.get();
    }

    /// Every mask of the history, oldest first; empty until the model's shape is known.
    public final List<HeadMask> steps() {
        return history == null ? List.of() : history.steps();
    }

    /// The same, with what was done.
    public final List<MaskHistory.Step> actions() {
        return history == null ? List.of() : history.actions();
    }

    /// Which of the steps is shown.
    public final int position() {
        return history == null ? 0 : history.position();
    }

    public final ReadOnlyBooleanProperty canUndo() {
        return canUndo.getReadOnlyProperty();
    }

    public final ReadOnlyBooleanProperty canRedo() {
        return canRedo.getReadOnlyProperty();
    }

    /// Goes back or forward in the history.
    public final void goTo(int step) {
        if (history != null) {
            history.goTo(step);
            travelled(history.current());
            publish();
        }
    }

    public final void undo() {
        goTo(position() - 1);
    }

    public final void redo() {
        goTo(position() + 1);
    }

    /// Begins a gesture, such as a drag along the slider. Everything until [#endGesture()] is one
    /// step of undo.
    public final void beginGesture() {
        gesture = true;
        gestureStarted = false;
    }

    public final void endGesture() {
        gesture = false;
    }

    /// Begins with a mask and without a history.
    final void restart(HeadMask first) {
        history = new MaskHistory(first);
        publish();
    }

    final void change(HeadMask to) {
        change(to, null);
    }

    /// @param action what is done, in words; null where the masks say so
    final void change(HeadMask to, @Nullable String action) {
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

    /// Another step of the history becomes the current one.
    abstract void travelled(HeadMask to);

    /// The mask has changed.
    abstract void published();

    private void publish() {
        if (history != null) {
            mask.set(history.current());
            canUndo.set(history.canUndo());
            canRedo.set(history.canRedo());
            published();
        }
    }
}
