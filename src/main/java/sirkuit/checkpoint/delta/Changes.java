package sirkuit.checkpoint.delta;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ConfigLabels;
import sirkuit.checkpoint.TensorInfo;

/// The differences between two checkpoints of the same architecture.
///
/// @param base    the checkpoint before
/// @param adapted the checkpoint after
/// @param names   of the tensors that differ, in the order of the files
/// @param entries how many entries of these tensors differ
/// @param config  the adapted checkpoint's config.json if it gives the classes other names; null if it is the base's
public record Changes(
        Checkpoint base,
        Checkpoint adapted,
        SequencedSet<String> names,
        long entries,
        @Nullable String config) {
    public Changes {
        names = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(names));
    }

    /// The same with another config.json for the result; null for the base's.
    public Changes withConfig(@Nullable String text) {
        return new Changes(base, adapted, names, entries, text);
    }

    /// @throws Problem when the two do not have the same tensors, or their configurations differ in more than the
    ///         names of the classes
    public static Changes between(Checkpoint base, Checkpoint adapted) {
        requireOneKind(base, adapted);
        SequencedSet<String> names = new LinkedHashSet<>();
        long entries = 0;
        for (String name : base.weights().tensors().keySet()) {
            long differing = differing(
                    base.weights().bytes(name),
                    adapted.weights().bytes(name),
                    base.weights().info(name).type().bytes());
            entries += differing;
            if (differing > 0) {
                names.add(name);
            }
        }
        return new Changes(base, adapted, names, entries, config(base, adapted));
    }

    private static void requireOneKind(Checkpoint base, Checkpoint adapted) {
        Set<String> theirs = adapted.weights().tensors().keySet();
        boolean same = base.weights().tensors().keySet().equals(theirs);
        for (String name : same ? theirs : Set.<String>of()) {
            TensorInfo a = base.weights().info(name);
            TensorInfo b = adapted.weights().info(name);
            same = same && a.type() == b.type() && a.shape().equals(b.shape());
        }
        same = same
                && (config(base, adapted) == null || ConfigLabels.differOnlyInNames(base.config(), adapted.config()));
        if (!same) {
            throw Problem.of("checkpoint.base-differs", adapted.folder(), base.folder());
        }
    }

    private static @Nullable String config(Checkpoint base, Checkpoint adapted) {
        try {
            return Files.mismatch(base.config().file(), adapted.config().file()) < 0
                    ? null
                    : Files.readString(adapted.config().file());
        } catch (IOException e) {
            throw Problem.of(e, "ground.unreadable-file", base.config().file(), e.getMessage());
        }
    }

    private static long differing(ByteBuffer a, ByteBuffer b, int size) {
        long count = 0;
        for (int from = a.mismatch(b); from >= 0; ) {
            count++;
            int next = (from / size + 1) * size;
            int more =
                    next == a.limit() ? -1 : a.slice(next, a.limit() - next).mismatch(b.slice(next, b.limit() - next));
            from = more < 0 ? -1 : next + more;
        }
        return count;
    }
}
