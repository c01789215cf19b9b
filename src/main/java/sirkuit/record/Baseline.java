package sirkuit.record;

import java.util.Arrays;
import java.util.Optional;

/// What is trained to compare selected heads with. The ids are used on the command line, in studies and in commands
/// that people copy.
public enum Baseline {
    /// Every parameter.
    FULL("full", RunConfig.Trained.FULL),
    /// The norms without any head.
    NORMS("norms", RunConfig.Trained.MASK),
    /// All heads, which shows what is gained by selecting some.
    ALL_HEADS("all-heads", RunConfig.Trained.MASK);

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

    /// Empty when there is none of that id.
    public static Optional<Baseline> of(String id) {
        return Arrays.stream(values()).filter(b -> b.id.equals(id)).findFirst();
    }
}
