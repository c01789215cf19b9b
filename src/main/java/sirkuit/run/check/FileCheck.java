package sirkuit.run.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TokenizerPlan;
import sirkuit.record.DataFile;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;

/// Compares the files that runs were made from with the digests in their provenance. A file that several runs share is
/// read once.
public final class FileCheck {
    private final Map<Object, Optional<String>> digests = new HashMap<>();

    /// The current state of a file.
    public enum Now {
        SAME,
        /// It has other content, or can no longer be read.
        CHANGED,
        MISSING;

        /// Its name for scripts.
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param role what the file is for, as in [Provenance#files()]
    /// @param file absolute path
    public record Checked(String role, String file, Now now) {}

    /// @param from   the provenance of the run
    /// @param config the current places of its files, with absolute paths
    /// @return one for each file, in the order of the provenance
    public List<Checked> of(Provenance from, RunConfig config) {
        List<Checked> all = new ArrayList<>();
        from.files().forEach((role, used) -> {
            DataFile data = config.files().get(role);
            String file = data == null ? config.checkpoint() : data.file();
            all.add(new Checked(role, file, now(file, used.digest(), digest(role, used, data, config.checkpoint()))));
        });
        return List.copyOf(all);
    }

    /// Whether texts can be read and are not those of a digest, or have other labels.
    ///
    /// @param classes as the digest has them
    /// @param was     the digest
    public boolean differ(DataFile data, List<String> classes, String was) {
        String is = texts(data, classes);
        return is != null && !is.equals(was);
    }

    private @Nullable String texts(DataFile data, List<String> classes) {
        return once(List.of(data, classes), () -> data.digest(classes));
    }

    private static Now now(String file, String was, @Nullable String is) {
        if (!Files.exists(Path.of(file))) {
            return Now.MISSING;
        }
        return was.equals(is) ? Now.SAME : Now.CHANGED;
    }

    /// Null if it cannot be read, or it is not known how to read it.
    private @Nullable String digest(String role, Provenance.Used used, @Nullable DataFile data, String checkpoint) {
        if (data != null && used.binding() != null) {
            return texts(data, used.binding().classes());
        }
        return switch (role) {
            case Provenance.CHECKPOINT ->
                once(List.of(role, checkpoint), () -> Checkpoint.open(Path.of(checkpoint))
                        .digest());
            case Provenance.TOKENIZER ->
                once(List.of(role, checkpoint), () -> TokenizerPlan.of(Checkpoint.open(Path.of(checkpoint)))
                        .digest());
            default -> null;
        };
    }

    private @Nullable String once(Object key, Supplier<String> read) {
        Optional<String> known = digests.get(key);
        if (known == null) {
            known = read(read);
            digests.put(key, known);
        }
        return known.orElse(null);
    }

    private static Optional<String> read(Supplier<String> read) {
        try {
            return Optional.of(read.get());
        } catch (Problem unreadable) {
            return Optional.empty();
        }
    }
}
