package sirkuit.app.present.script;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The five pages, in order, with their planned times.
public enum PageKind {
    READ(2),
    PARTS(1.5),
    OFF(2),
    TEACH(2.5),
    KEPT(2);

    private final double minutes;

    PageKind(double minutes) {
        this.minutes = minutes;
    }

    /// Its name in `present.json` and in the bundles.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public double minutes() {
        return minutes;
    }

    static Optional<PageKind> of(String id) {
        return Arrays.stream(values()).filter(p -> p.id().equals(id)).findFirst();
    }
}
