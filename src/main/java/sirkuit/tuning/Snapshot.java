package sirkuit.tuning;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import sirkuit.transformer.ArrayChunks;

/// The values of some slices at one time, outside Java's heap, which is too small for those of a larger model. They are
/// released with the manager, or earlier.
final class Snapshot implements AutoCloseable {
    private final List<Slice> slices;
    private final NDManager manager;
    private final List<NDArray> values;

    /// Copies the slices' current values.
    ///
    /// @param parent of this snapshot's manager
    Snapshot(NDManager parent, List<Slice> slices) {
        this.slices = List.copyOf(slices);
        manager = parent.newSubManager(Device.cpu());
        values =
                slices.stream().map(s -> manager.create(new Shape(s.entries()))).toList();
        take();
    }

    /// Replaces the copied values by the current ones.
    void take() {
        for (int i = 0; i < values.size(); i++) {
            set(i, ArrayChunks.USUAL.of(slices.get(i).value()));
        }
    }

    /// Puts the slices back to these values.
    void restore() {
        for (int i = 0; i < values.size(); i++) {
            ArrayChunks.USUAL.write(slices.get(i).value(), 0, numbers(i));
        }
    }

    /// @param slice its index among the slices
    ArrayChunks.Numbers numbers(int slice) {
        return ArrayChunks.USUAL.of(values.get(slice));
    }

    void set(int slice, ArrayChunks.Numbers numbers) {
        ArrayChunks.USUAL.write(values.get(slice), 0, numbers);
    }

    @Override
    public void close() {
        manager.close();
    }
}
