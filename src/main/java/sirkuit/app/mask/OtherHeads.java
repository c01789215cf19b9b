package sirkuit.app.mask;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.HeadMask;

/// Heads beside those of the mask, which the heatmap outlines: what the mask would become, or else the heads of a run.
public final class OtherHeads {
    private final ObjectProperty<@Nullable HeadMask> preview = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Named> run = new SimpleObjectProperty<>();
    private final ObservableValue<@Nullable HeadMask> outlined = Bindings.createObjectBinding(
            () -> {
                Named of = run.get();
                return preview.get() != null ? preview.get() : of == null ? null : of.mask;
            },
            preview,
            run);

    /// The heads of a run, and its name.
    public record Named(String name, HeadMask mask) {}

    /// What the mask would become; null while nothing is tried out.
    public ObjectProperty<@Nullable HeadMask> preview() {
        return preview;
    }

    /// The run whose heads are shown; null for none.
    public ObjectProperty<@Nullable Named> run() {
        return run;
    }

    /// The heads to outline; null for none.
    public ObservableValue<@Nullable HeadMask> outlined() {
        return outlined;
    }
}
