package sirkuit.cli.shared;

import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import sirkuit.Problem;
import sirkuit.Range;

/// Names options in range errors. Records name their fields, but people on the command line know the names of options.
public final class OptionRange {
    private OptionRange() {}

    /// The result of `make`.
    ///
    /// @param others options with another name than the field, by the field's name
    /// @throws Problem that names the option where a number is out of range
    public static <T> T of(Map<String, String> others, Supplier<T> make) {
        try {
            return make.get();
        } catch (Problem e) {
            if (!e.message().code().equals(Range.CODE)) {
                throw e;
            }
            var found = e.message().arguments();
            String field = String.valueOf(found.getFirst());
            String usual = "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            throw Problem.of(e, "ground.out-of-range", others.getOrDefault(field, usual), found.get(1), found.get(2));
        }
    }

    public static <T> T of(Supplier<T> make) {
        return of(Map.of(), make);
    }
}
