package sirkuit.tuning;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.transformer.Pieces;

/// While this is open the trainable values are those that the checkpoint's file will hold: rounded where it holds
/// numbers of 16 bits. So what is measured is what whoever loads the file will measure. Training goes on with the exact
/// ones, for most steps are smaller than what 16 bits tell apart.
///
/// @param exact what closing puts back; null where nothing is rounded
record StoredValues(@Nullable Snapshot exact) implements AutoCloseable {
    static StoredValues of(TrainableParameters parameters) {
        List<Slice> rounded = parameters.slices().stream()
                .filter(s -> narrow(parameters.storedAs(s)))
                .toList();
        if (rounded.isEmpty()) {
            return new StoredValues(null);
        }
        StoredValues stored = new StoredValues(new Snapshot(parameters.manager(), rounded));
        rounded.forEach(s ->
                Pieces.USUAL.change(s.value(), bytes -> Elements.round(bytes.asFloatBuffer(), parameters.storedAs(s))));
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
