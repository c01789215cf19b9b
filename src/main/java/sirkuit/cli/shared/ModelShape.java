package sirkuit.cli.shared;

import java.nio.file.Path;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;

/// The number of layers and heads of a checkpoint and its maximum number of tokens, read from its headers.
public record ModelShape(int layers, int heads, int positions) {
    public static ModelShape of(Path checkpoint) {
        // A language model has the same shape with and without a verbalizer.
        TransformerSpec spec = Families.known(Checkpoint.open(checkpoint), true).spec();
        return new ModelShape(spec.layers(), spec.heads(), spec.maxPositions());
    }

    /// Reads a mask for a checkpoint.
    ///
    /// @throws Problem naming both when the checkpoint has another shape
    public MaskFile.Saved mask(Path file, Path checkpoint) {
        MaskFile.Saved saved = MaskFile.open(file);
        saved.requireShape(file, checkpoint, layers, heads);
        return saved;
    }

    public HeadMask all() {
        return HeadMask.all(layers, heads);
    }
}
