package sirkuit.app.action;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The palette of commands: the query, the actions that match it, and which of these is selected.
public final class PaletteModel {
    private static final int REMEMBERED = 12;

    private final Actions actions;
    private final Consumer<List<String>> remember;
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<Action> found = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper chosen = new ReadOnlyIntegerWrapper(-1);
    private final List<String> recent;

    /// @param recent   ids of recently used actions, latest first
    /// @param remember receives the same after each action
    public PaletteModel(Actions actions, List<String> recent, Consumer<List<String>> remember) {
        this.actions = actions;
        this.remember = remember;
        this.recent = new ArrayList<>(recent);
        query.subscribe(text -> search());
    }

    /// Starts again with an empty query.
    public void open() {
        query.set("");
        search();
    }

    public StringProperty query() {
        return query;
    }

    /// The matching actions, best first. Without a query, recently used actions come first. Actions that cannot be
    /// done now come last.
    public ObservableList<Action> found() {
        return found;
    }

    /// Index in [#found()]; -1 when nothing matches.
    public ReadOnlyIntegerProperty chosen() {
        return chosen.getReadOnlyProperty();
    }

    /// Moves down by this many entries, or up if negative, and wraps around.
    public void move(int by) {
        if (!found.isEmpty()) {
            chosen.set(Math.floorMod(chosen.get() + by, found.size()));
        }
    }

    public void choose(int index) {
        if (index >= 0 && index < found.size()) {
            chosen.set(index);
        }
    }

    /// Does the selected action.
    ///
    /// @return whether it could be done; the palette stays open otherwise
    public boolean perform() {
        int index = chosen.get();
        if (index < 0 || !found.get(index).possible()) {
            return false;
        }
        Action action = found.get(index);
        recent.remove(action.id());
        recent.addFirst(action.id());
        while (recent.size() > REMEMBERED) {
            recent.removeLast();
        }
        remember.accept(List.copyOf(recent));
        action.run().run();
        return true;
    }

    private void search() {
        String text = query.get();
        chosen.set(-1);
        found.setAll(actions.all().stream()
                .filter(a -> !a.id().equals("palette") && fit(text, a) != FuzzyMatch.NONE)
                .sorted(Comparator.comparing((Action a) -> !a.possible())
                        .thenComparingInt(a -> -fit(text, a))
                        .thenComparingInt(this::age))
                .toList());
        chosen.set(found.isEmpty() ? -1 : 0);
    }

    /// The words count most, and the menu's name before them a little: `view log` finds the log.
    private static int fit(String text, Action action) {
        int words = FuzzyMatch.score(text, action.words());
        return words != FuzzyMatch.NONE
                ? words
                : FuzzyMatch.score(text, action.place().words() + " " + action.words());
    }

    private int age(Action action) {
        int index = recent.indexOf(action.id());
        return index < 0 ? REMEMBERED : index;
    }
}
