package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.transformer.TensorNames.Place;

/// A checkpoint's tensors as F32 arrays, found by their names in transformers: with or without the model's prefix, and
/// norms as weight and bias or as gamma and beta.
public final class Tensors {
    private static final Map<String, String> PREFIXES = Map.of(
            "bert", "bert.",
            "roberta", "roberta.",
            "xlm-roberta", "roberta.",
            "distilbert", "distilbert.",
            "gpt2", "transformer.");
    /// Numbers that are converted to F32 at a time.
    private static final int WIDENED = 1 << 20;

    private final Checkpoint checkpoint;
    private final NDManager manager;
    private final ArrayChunks pieces;
    private final long mapped;
    private final Map<String, NDArray> loaded = new HashMap<>();
    private ByteBuffer room = ByteBuffer.allocate(0);

    Tensors(Checkpoint checkpoint, NDManager manager) {
        this(checkpoint, manager, new ArrayChunks(WIDENED), Integer.MAX_VALUE);
    }

    /// @param pieces in which a tensor is read that is not in F32, or too large for a buffer
    /// @param mapped bytes of the largest tensor that is used where it lies in the file
    Tensors(Checkpoint checkpoint, NDManager manager, ArrayChunks pieces, long mapped) {
        this.checkpoint = checkpoint;
        this.manager = manager;
        this.pieces = pieces;
        this.mapped = mapped;
    }

    /// The prefix of the names in a family's models. A base model does not have it. transformers accepts a name
    /// with or without it.
    public static String prefix(String family) {
        return PREFIXES.getOrDefault(family, "model.");
    }

    /// The name in the file; null when it is not there.
    public static @Nullable String find(Checkpoint checkpoint, String name) {
        String prefix = prefix(checkpoint.config().modelType());
        for (String candidate : new String[] {name, old(name)}) {
            String bare = candidate.startsWith(prefix) ? candidate.substring(prefix.length()) : candidate;
            for (String full : new String[] {candidate, bare, prefix + candidate}) {
                if (checkpoint.weights().tensors().containsKey(full)) {
                    return full;
                }
            }
        }
        return null;
    }

    /// TensorFlow's names for the two parameters of a norm.
    private static String old(String name) {
        if (name.endsWith("LayerNorm.weight") || name.endsWith("layer_norm.weight")) {
            return name.substring(0, name.length() - "weight".length()) + "gamma";
        }
        return name.endsWith("LayerNorm.bias") || name.endsWith("layer_norm.bias")
                ? name.substring(0, name.length() - "bias".length()) + "beta"
                : name;
    }

    boolean has(String name) {
        return find(checkpoint, name) != null;
    }

    /// @throws Problem when it is missing or has another shape
    NDArray get(String name, long... shape) {
        String stored = find(checkpoint, name);
        TensorInfo info = checkpoint.weights().info(stored == null ? name : stored);
        List<Long> expected = Arrays.stream(shape).boxed().toList();
        if (!info.shape().equals(expected)) {
            throw Problem.of(
                    "transformer.tensor-shape", checkpoint.weights().place(), info.name(), info.shape(), expected);
        }
        if (!Elements.isFloating(info.type())) {
            throw Problem.of(
                    "transformer.quantised-tensor", checkpoint.weights().place(), info.name(), info.type());
        }
        return loaded.computeIfAbsent(info.name(), n -> load(info, shape));
    }

    private NDArray load(TensorInfo info, long... shape) {
        if (info.type() == ElementType.F32 && info.bytes() <= mapped) {
            ByteBuffer bytes = checkpoint.weights().bytes(info.name());
            return manager.create(Elements.aligned(bytes), new Shape(shape), DataType.FLOAT32);
        }
        NDArray numbers = manager.create(new Shape(shape), DataType.FLOAT32);
        pieces.write(numbers, 0, widened(info));
        checkpoint.weights().release(info.name());
        return numbers;
    }

    /// A tensor's numbers in F32.
    private ArrayChunks.Numbers widened(TensorInfo info) {
        return to -> {
            long[] done = new long[1];
            int most = Math.multiplyExact(pieces.numbers(), info.type().bytes());
            checkpoint.weights().pieces(info.name(), most, bytes -> {
                int count = bytes.remaining() / info.type().bytes();
                ByteBuffer floats = room(count);
                Elements.widen(bytes, info.type(), floats.asFloatBuffer());
                to.take(done[0], floats);
                done[0] += count;
            });
        };
    }

    private ByteBuffer room(int count) {
        if (room.capacity() < Float.BYTES * count) {
            room = ByteBuffer.allocateDirect(Float.BYTES * count).order(ByteOrder.nativeOrder());
        }
        return room.clear().limit(Float.BYTES * count);
    }

    /// A linear map.
    ///
    /// @param bias whether it must have one
    Dense dense(Place place, long out, long in, boolean bias) {
        long all = out * place.parts();
        NDArray weight = place.transposed()
                ? get(place.name() + ".weight", in, all).transpose()
                : get(place.name() + ".weight", all, in);
        NDArray b = bias || has(place.name() + ".bias") ? get(place.name() + ".bias", all) : null;
        if (place.parts() == 1) {
            return new Dense(weight, b);
        }
        String rows = place.part() * out + ":" + (place.part() + 1) * out;
        return new Dense(weight.get(rows), b == null ? null : b.get(rows));
    }

    /// @param name null where the family has none
    @Nullable
    Norm norm(@Nullable String name, TransformerSpec.NormKind kind, long size) {
        if (name == null) {
            return null;
        }
        return new Norm(get(name + ".weight", size), kind.biased() ? get(name + ".bias", size) : null, kind);
    }
}
