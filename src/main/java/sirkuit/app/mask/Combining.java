package sirkuit.app.mask;

import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.mask.HeadMask;

/// Combining the mask with a saved one. The result is shown before it is used.
public final class Combining {
    private final MaskModel model;
    private final BiConsumer<String, Consumer<HeadMask>> read;
    private final ObjectProperty<How> how = new SimpleObjectProperty<>(How.UNION);
    private final ObjectProperty<@Nullable String> name = new SimpleObjectProperty<>();
    private final ReadOnlyStringWrapper result = new ReadOnlyStringWrapper("");
    private @Nullable HeadMask other;

    /// The set operations.
    public enum How {
        UNION(HeadMask::union),
        INTERSECTION(HeadMask::intersection),
        DIFFERENCE(HeadMask::difference);

        private final BinaryOperator<HeadMask> operation;

        How(BinaryOperator<HeadMask> operation) {
            this.operation = operation;
        }

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// @param read loads a saved mask
    public Combining(MaskModel model, BiConsumer<String, Consumer<HeadMask>> read) {
        this.model = model;
        this.read = read;
        how.subscribe((was, now) -> show());
        name.subscribe((was, now) -> read());
    }

    public ObjectProperty<How> how() {
        return how;
    }

    /// The other mask; null while none is chosen.
    public ObjectProperty<@Nullable String> name() {
        return name;
    }

    /// What it comes to, in words; empty while no other mask is chosen.
    public ReadOnlyStringProperty result() {
        return result.getReadOnlyProperty();
    }

    /// Shows the result in the heatmap.
    public void show() {
        HeadMask now = model.mask().get();
        HeadMask with = other;
        boolean fits = now != null && with != null && now.layers() == with.layers() && now.heads() == with.heads();
        HeadMask combined =
                fits && now != null && with != null ? how.get().operation.apply(now, with) : null;
        model.others().preview().set(combined);
        result.set(
                combined == null || now == null
                        ? with == null ? "" : Words.of("mask.combine.shape")
                        : combined.selected().equals(now.selected())
                                ? Words.of("mask.combine.same")
                                : Words.of(
                                        "mask.combine.result", combined.size() + "", MaskWords.change(now, combined)));
    }

    /// Whether it would change the mask.
    public boolean changes() {
        HeadMask now = model.mask().get();
        HeadMask preview = model.others().preview().get();
        return now != null && preview != null && !preview.selected().equals(now.selected());
    }

    /// Makes the result the mask.
    public void apply() {
        HeadMask with = other;
        String named = name.get();
        if (with != null && named != null && changes()) {
            model.combine(
                    with, how.get().operation, Words.of("mask.step." + how.get().key(), MaskWords.saved(named)));
        }
        stop();
    }

    /// Leaves the mask as it is.
    public void stop() {
        model.others().preview().set(null);
    }

    private void read() {
        other = null;
        show();
        String wanted = name.get();
        if (wanted != null) {
            read.accept(wanted, mask -> {
                if (wanted.equals(name.get())) {
                    other = mask;
                    show();
                }
            });
        }
    }
}
