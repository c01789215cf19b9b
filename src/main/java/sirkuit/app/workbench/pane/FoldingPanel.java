package sirkuit.app.workbench.pane;

import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Side;
import javafx.scene.layout.Region;

/// A panel at one side of the window. It folds to a rail when the user folds it, and by itself where the window has no
/// room for it. There it opens above the middle.
public final class FoldingPanel {
    /// Where the panel is.
    public enum State {
        /// Beside the middle.
        BESIDE,
        /// Only its rail is there.
        FOLDED,
        /// Above the middle, beside its rail.
        ABOVE
    }

    private final Side side;
    private final Region panel;
    private final Region rail;
    private final BooleanProperty folded;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.BESIDE);
    private boolean cramped;
    private boolean opened;

    /// @param side   left or right
    /// @param rail   makes what is left of the panel when it is folded
    /// @param folded whether the user has folded it
    public FoldingPanel(Side side, Region panel, Function<FoldingPanel, Region> rail, BooleanProperty folded) {
        this.side = side;
        this.panel = panel;
        this.folded = folded;
        this.rail = rail.apply(this);
        folded.subscribe((was, is) -> settle());
        settle();
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    Side side() {
        return side;
    }

    Region panel() {
        return panel;
    }

    Region rail() {
        return rail;
    }

    /// @param cramped whether the window has no room for it beside the middle
    void cramped(boolean now) {
        if (cramped != now) {
            cramped = now;
            opened = false;
            settle();
        }
    }

    /// Shows it, above the middle where there is no room beside it.
    public void show() {
        opened = cramped;
        if (!cramped) {
            folded.set(false);
        }
        settle();
    }

    /// Folds it to its rail.
    public void fold() {
        opened = false;
        if (!cramped) {
            folded.set(true);
        }
        settle();
    }

    /// Folds it if it is shown, otherwise shows it.
    public void toggle() {
        if (state.get() == State.FOLDED) {
            show();
        } else {
            fold();
        }
    }

    private void settle() {
        state.set(cramped ? (opened ? State.ABOVE : State.FOLDED) : folded.get() ? State.FOLDED : State.BESIDE);
    }
}
