package sirkuit.app.preferences;

import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Which parts of an open project's window are hidden and how it is coloured, remembered between sessions.
public final class Arrangement {
    private final BooleanProperty runsFolded;
    private final BooleanProperty stepsHidden;
    private final StringProperty colours;

    /// @param changed receives every change, to remember it
    public Arrangement(Preferences.Layout begin, Consumer<Preferences.Layout> changed) {
        runsFolded = new SimpleBooleanProperty(begin.runsFolded());
        stepsHidden = new SimpleBooleanProperty(begin.stepsHidden());
        colours = new SimpleStringProperty(begin.colours() == null ? "" : begin.colours());
        runsFolded.subscribe((was, is) -> changed.accept(now()));
        stepsHidden.subscribe((was, is) -> changed.accept(now()));
        colours.subscribe((was, is) -> changed.accept(now()));
    }

    /// Whether only the bar above the runs is shown.
    public BooleanProperty runsFolded() {
        return runsFolded;
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
                runsFolded.get(), stepsHidden.get(), colours.get().isEmpty() ? null : colours.get());
    }
}
