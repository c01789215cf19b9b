package sirkuit;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.Map;

/// Counts what a manager holds: arrays and managers of its own, and what these hold. DJL's own list leaves out the
/// managers.
public final class NativeCount {
    private NativeCount() {}

    public static long of(NDManager manager) {
        long count = 0;
        for (Object held : resources(manager).values()) {
            count++;
            if (held instanceof NDManager sub && !(held instanceof NDArray)) {
                count += of(sub);
            }
        }
        return count;
    }

    private static Map<?, ?> resources(NDManager manager) {
        try {
            Field field = BaseNDManager.class.getDeclaredField("resources");
            field.setAccessible(true);
            return (Map<?, ?>) field.get(manager);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
