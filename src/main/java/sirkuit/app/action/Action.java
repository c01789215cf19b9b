package sirkuit.app.action;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;

/// Something that people can do in the window.
///
/// @param id       by which it is found and remembered, such as `undo`
/// @param words    what menus and the palette call it
/// @param place    the menu it is in
/// @param shortcut as `javafx.scene.input.KeyCombination` reads it, such as `Shortcut+K`; null for none
/// @param enabled  whether it can be done now
/// @param run      does it, on the window's thread
public record Action(
        String id,
        String words,
        Place place,
        @Nullable String shortcut,
        ObservableValue<Boolean> enabled,
        Runnable run) {
    private static final ObservableValue<Boolean> ALWAYS = new SimpleBooleanProperty(true);

    /// The menus, in order.
    public enum Place {
        PROJECT,
        EDIT,
        MASK,
        WORK,
        VIEW,
        HELP;

        public String words() {
            return Words.of("place." + name());
        }
    }

    /// An action whose text is in the bundle under `action.` and its id.
    public static Action of(Place place, String id, Runnable run) {
        return new Action(id, Words.of("action." + id), place, null, ALWAYS, run);
    }

    public Action on(String keys) {
        return new Action(id, words, place, keys, enabled, run);
    }

    public Action when(ObservableValue<Boolean> possible) {
        return new Action(id, words, place, shortcut, possible, run);
    }

    /// Whether it can be done now. A condition without a value yet counts as false.
    public boolean possible() {
        return Boolean.TRUE.equals(enabled.getValue());
    }

    /// Does it, if it can be done now.
    public void perform() {
        if (possible()) {
            run.run();
        }
    }
}
