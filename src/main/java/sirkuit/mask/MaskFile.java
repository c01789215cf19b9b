package sirkuit.mask;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.Problem;
import sirkuit.ShellWord;

/// `mask.json`: `schemaVersion`, `layers`, `heads`, `selected` ([[layer, head], ...], sorted), `madeBy`, and, if it is
/// known, `checkpoint`: the digest of the checkpoint whose scores the heads were selected by, and `scoredAt`: when
/// these scores were computed.
public final class MaskFile {
    private static final int VERSION = 1;

    private MaskFile() {}

    /// A mask as it was saved.
    ///
    /// @param checkpoint digest of the checkpoint it was made for; null if it was not recorded
    public record Saved(HeadMask mask, @Nullable String checkpoint) {
        /// @param file where the mask was read
        /// @param of   folder of the checkpoint it is for
        /// @throws Problem naming both when the checkpoint has another shape
        public void requireShape(Path file, Path of, int modelLayers, int modelHeads) {
            if (mask.layers() != modelLayers || mask.heads() != modelHeads) {
                throw Problem.of(
                        "mask.file-other-shape",
                        file,
                        mask.layers(),
                        mask.heads(),
                        of,
                        modelLayers,
                        modelHeads,
                        ShellWord.of(of.toAbsolutePath().normalize().toString()));
            }
        }

        /// Combines this mask with another. The result is for the checkpoint of both, if they have the same.
        public Saved with(Saved other, BinaryOperator<HeadMask> operation) {
            return new Saved(
                    operation.apply(mask, other.mask),
                    Objects.equals(checkpoint, other.checkpoint) ? checkpoint : null);
        }
    }

    private record Content(
            @JsonProperty(required = true) int schemaVersion,
            @JsonProperty(required = true) int layers,
            @JsonProperty(required = true) int heads,
            @JsonProperty(required = true) List<Head> selected,
            @Nullable String madeBy,
            @Nullable String checkpoint,
            @Nullable String scoredAt) {
        private Content {
            if (Json.given(selected, "selected").stream().anyMatch(Objects::isNull)) {
                throw Problem.of("mask.null-entry");
            }
        }
    }

    /// @throws Problem when the file is not a mask
    public static HeadMask read(Path file) {
        return open(file).mask();
    }

    /// @throws Problem when the file is not a mask
    public static Saved open(Path file) {
        Content content = Json.read(file, Content.class, VERSION, JsonKind.MASK);
        try {
            String madeBy = content.madeBy == null ? "by hand" : content.madeBy;
            HeadMask mask = new HeadMask(content.layers, content.heads, content.selected, madeBy);
            mask = mask.scoredAt(content.scoredAt);
            return new Saved(mask, content.checkpoint);
        } catch (Problem e) {
            throw e.within("ground.in-file", file);
        }
    }

    /// The content of the mask's file.
    public static Object content(Saved saved) {
        HeadMask mask = saved.mask;
        return new Content(
                VERSION,
                mask.layers(),
                mask.heads(),
                List.copyOf(mask.selected()),
                mask.madeBy(),
                saved.checkpoint,
                mask.scoredAt());
    }

    /// @throws Problem when it cannot be written
    public static void write(Path file, HeadMask mask) {
        write(file, new Saved(mask, null));
    }

    /// @throws Problem when it cannot be written
    public static void write(Path file, Saved saved) {
        AtomicFile.write(file, Json.pretty(content(saved)));
    }
}
