package sirkuit.app.preferences;

import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// How an open project's window is arranged and coloured, remembered between sessions.
public final class Arrangement {
    private final BooleanProperty runsBelow;
    private final BooleanProperty stepsHidden;
    private final StringProperty colours;

    /// @param changed receives every change, to remember it
    public Arrangement(Preferences.Layout begin, Consumer<Preferences.Layout> changed) {
        runsBelow = new SimpleBooleanProperty(begin.runsBelow());
        stepsHidden = new SimpleBooleanProperty(begin.stepsHidden());
        colours = new SimpleStringProperty(begin.colours() == null ? "" : begin.colours());
        runsBelow.subscribe((was, is) -> changed.accept(now()));
        stepsHidden.subscribe((was, is) -> changed.accept(now()));
        colours.subscribe((was, is) -> changed.accept(now()));
    }

    /// Whether the runs are below the other views, and not a tab beside them.
    public BooleanProperty runsBelow() {
        return runsBelow;
    }

    /// Whether the four steps have been dismissed.
    public BooleanProperty stepsHidden() {
        return stepsHidden;
    }

    /// Name of the scale that colours the heatmap; empty before one was chosen.
    public StringProperty colours() {
        return colours;
    }

    public void toggleSteps() {
        stepsHidden.set(!stepsHidden.get());
    }

    private Preferences.Layout now() {
        return new Preferences.Layout(
                runsBelow.get(), stepsHidden.get(), colours.get().isEmpty() ? null : colours.get());
    }
}
