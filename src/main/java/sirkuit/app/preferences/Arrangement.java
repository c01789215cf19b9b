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
    private final BooleanProperty sidebarFolded;
    private final BooleanProperty sideFolded;

    /// @param changed receives every change, to remember it
    public Arrangement(Preferences.Layout begin, Consumer<Preferences.Layout> changed) {
        runsBelow = new SimpleBooleanProperty(begin.runsBelow());
        stepsHidden = new SimpleBooleanProperty(begin.stepsHidden());
        colours = new SimpleStringProperty(begin.colours() == null ? "" : begin.colours());
        sidebarFolded = new SimpleBooleanProperty(Boolean.TRUE.equals(begin.sidebarFolded()));
        sideFolded = new SimpleBooleanProperty(Boolean.TRUE.equals(begin.sideFolded()));
        sidebarFolded.subscribe((was, is) -> changed.accept(now()));
        sideFolded.subscribe((was, is) -> changed.accept(now()));
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

    /// Whether the user has folded the panel on the left.
    public BooleanProperty sidebarFolded() {
        return sidebarFolded;
    }

    /// Whether the user has folded the panel on the right.
    public BooleanProperty sideFolded() {
        return sideFolded;
    }

    public void toggleSteps() {
        stepsHidden.set(!stepsHidden.get());
    }

    private Preferences.Layout now() {
        return new Preferences.Layout(
                runsBelow.get(),
                stepsHidden.get(),
                colours.get().isEmpty() ? null : colours.get(),
                sidebarFolded.get() ? true : null,
                sideFolded.get() ? true : null);
    }
}
