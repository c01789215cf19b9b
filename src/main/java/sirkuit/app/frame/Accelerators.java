package sirkuit.app.frame;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javafx.collections.ListChangeListener;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import sirkuit.app.action.Action;
import sirkuit.app.action.Actions;

/// The shortcuts of all actions, in the scene.
public final class Accelerators {
    private final Scene scene;
    private final Actions actions;
    private final BooleanSupplier silent;
    private final Map<KeyCombination, Runnable> ours = new HashMap<>();

    /// @param silent whether something is above the window, so that shortcuts must not reach it
    public Accelerators(Scene scene, Actions actions, BooleanSupplier silent) {
        this.scene = scene;
        this.actions = actions;
        this.silent = silent;
        actions.all().addListener((ListChangeListener<Action>) change -> fill());
        fill();
    }

    private void fill() {
        ours.keySet().forEach(scene.getAccelerators()::remove);
        ours.clear();
        for (Action action : actions.all()) {
            String keys = action.shortcut();
            if (keys != null) {
                Runnable perform = () -> {
                    if (!silent.getAsBoolean()) {
                        actions.perform(action.id());
                    }
                };
                ours.put(KeyCombination.valueOf(keys), perform);
                if (keys.equals("Shortcut+Plus")) {
                    ours.put(KeyCombination.valueOf("Shortcut+Equals"), perform); // the same key on many keyboards
                }
            }
        }
        scene.getAccelerators().putAll(ours);
    }
}
