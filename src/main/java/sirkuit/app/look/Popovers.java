package sirkuit.app.look;

import atlantafx.base.controls.Popover;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// What all popovers of the window have in common.
public final class Popovers {
    private Popovers() {}

    /// Keeps the popover beside its owner. Escape closes it, whichever control in it has the focus: lists and fields
    /// would keep the key for themselves.
    public static void attach(Popover popover) {
        popover.setDetachable(false);
        popover.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                popover.hide();
                e.consume();
            }
        });
    }
}
