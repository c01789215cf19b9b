package sirkuit.tuning;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.transformer.ArrayChunks;

/// While this is open, the trainable values are those that the checkpoint's file will have: rounded if it stores 16-bit
/// numbers. So the measured figures are those of the file. Training continues with the exact values, because most steps
/// are smaller than the precision of 16 bits.
///
/// @param exact the values that closing restores; null if nothing is rounded
record StoredValues(@Nullable Snapshot exact) implements AutoCloseable {
    static StoredValues of(TrainableParameters parameters) {
        List<Slice> rounded = parameters.slices().stream()
                .filter(s -> narrow(parameters.storedAs(s)))
                .toList();
        if (rounded.isEmpty()) {
            return new StoredValues(null);
        }
        StoredValues stored = new StoredValues(new Snapshot(parameters.manager(), rounded));
        rounded.forEach(s -> ArrayChunks.USUAL.change(
                s.value(), bytes -> Elements.round(bytes.asFloatBuffer(), parameters.storedAs(s))));
        return stored;
    }

    static boolean narrow(ElementType type) {
        return type == ElementType.F16 || type == ElementType.BF16;
    }

    @Override
    public void close() {
        if (exact != null) {
            exact.restore();
            exact.close();
        }
    }
}
