package sirkuit.app.heatmap;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;

/// Which head the keyboard is on and which is below the mouse, in every view that shows the same heads.
public final class HeadCursor {
    private final ObjectProperty<@Nullable Head> focus = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Head> hover = new SimpleObjectProperty<>();

    /// The head that was chosen last; null before the first.
    public ObjectProperty<@Nullable Head> focus() {
        return focus;
    }

    /// The head below the mouse; null when there is none.
    public ObjectProperty<@Nullable Head> hover() {
        return hover;
    }
}
