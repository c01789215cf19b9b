package sirkuit.transformer;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;

/// The families that are known, by `model_type`.
public final class Families {
    private static final Map<String, Function<Checkpoint, TransformerSpec>> KNOWN =
            new TreeMap<>(Map.of("bert", BertFamily::spec));

    private Families() {}

    /// @throws Problem when the family or something in the configuration is not supported
    public static TransformerSpec spec(Checkpoint checkpoint) {
        String type = checkpoint.config().modelType();
        Function<Checkpoint, TransformerSpec> family = KNOWN.get(type);
        if (family == null) {
            throw new Problem(
                    checkpoint.config().file() + ": model_type \"" + type + "\" is not supported.",
                    "Choose a checkpoint of a supported type: " + String.join(", ", KNOWN.keySet()) + ".");
        }
        return family.apply(checkpoint);
    }
}
