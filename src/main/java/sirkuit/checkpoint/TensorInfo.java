package sirkuit.checkpoint;

import java.util.List;

/// One entry of a safetensors header.
///
/// @param name  as in the file, for instance `bert.pooler.dense.weight`
/// @param type  element type
/// @param shape sizes, outermost first; empty for a scalar
/// @param begin first byte, counted from the end of the header
/// @param end   byte after the last one, counted in the same way
public record TensorInfo(String name, ElementType type, List<Long> shape, long begin, long end) {
    /// Number of elements.
    public long size() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }

    public long bytes() {
        return end - begin;
    }
}
