package sirkuit.cli.shared;

import java.nio.file.Path;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;

/// Layers and heads of a checkpoint and how many tokens it can take, read from its headers.
public record ModelShape(int layers, int heads, int positions) {
    public static ModelShape of(Path checkpoint) {
        // A language model that needs a verbalizer to be one has the same shape with it.
        TransformerSpec spec = Families.known(Checkpoint.open(checkpoint), true).spec();
        return new ModelShape(spec.layers(), spec.heads(), spec.maxPositions());
    }

    public HeadMask all() {
        return HeadMask.all(layers, heads);
    }
}
