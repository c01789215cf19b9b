package sirkuit.record;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is trained to compare selected heads with. The ids are used on the command line, in studies and in commands
/// that people copy.
public enum Baseline {
    /// Every parameter.
    FULL("full", RunConfig.Trained.FULL),
    /// The norms without any head.
    NORMS("norms", RunConfig.Trained.MASK),
    /// All heads, which shows what is gained by selecting some.
    ALL_HEADS("all-heads", RunConfig.Trained.MASK),
    /// Every bias of the transformer: BitFit.
    BIASES("biases", RunConfig.Trained.BIASES),
    /// Everything in the last layers and what comes after them. A number of layers stands for the N.
    TOP_LAYERS("top-layers-N", RunConfig.Trained.TOP_LAYERS);

    private static final Pattern LAYERS = Pattern.compile("top-layers-([1-9]\\d{0,5})");

    private final String id;
    private final RunConfig.Trained trained;

    Baseline(String id, RunConfig.Trained trained) {
        this.id = id;
        this.trained = trained;
    }

    /// Its name on the command line and in studies.
    public String id() {
        return id;
    }

    public RunConfig.Trained trained() {
        return trained;
    }

    /// Its name with a number of layers.
    public static String topLayers(int count) {
        return TOP_LAYERS.id.replace("N", count + "");
    }

    /// The number of layers in such a name; null if it is another one.
    public static @Nullable Integer layersOf(String name) {
        Matcher layers = LAYERS.matcher(name);
        return layers.matches() ? Integer.valueOf(layers.group(1)) : null;
    }

    /// Empty when there is none of that name.
    public static Optional<Baseline> of(String name) {
        if (layersOf(name) != null) {
            return Optional.of(TOP_LAYERS);
        }
        return Arrays.stream(values())
                .filter(b -> b != TOP_LAYERS && b.id.equals(name))
                .findFirst();
    }
}
