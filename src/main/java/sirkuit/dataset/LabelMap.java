package sirkuit.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sirkuit.Problem;

/// The classes of a checkpoint, in the order of its logits.
public record LabelMap(List<String> names) {
    /// @throws Problem when a name is missing or stands twice, or when there are fewer than two
    public LabelMap {
        for (String name : names) {
            if (name == null || name.isBlank()) {
                throw new Problem("The labels " + names + " have one without a name.", "Name every class.");
            }
        }
        names = names.stream().map(String::strip).toList();
        long different =
                names.stream().map(n -> n.toLowerCase(Locale.ROOT)).distinct().count();
        if (different != names.size()) {
            throw new Problem(
                    "The labels " + String.join(", ", names) + " have the same name twice.",
                    "Give every class a name of its own; upper and lower case do not count.");
        }
        if (names.size() < 2) {
            throw new Problem(
                    "There is only one class (" + String.join(", ", names) + ").",
                    "Choose a checkpoint that tells two or more classes apart; regression is not supported.");
        }
    }

    public int size() {
        return names.size();
    }

    /// Other spellings in well-known corpora (XNLI's machine-translated training files).
    private static final Map<String, String> SPELLINGS = Map.of("contradictory", "contradiction");

    /// Index of the class a row's label names: by its name (upper and lower case do not matter), or by its number in
    /// the order of the logits.
    ///
    /// @throws Problem when the checkpoint does not know the label
    public int index(Path file, LabelledText row) {
        String wanted = row.label().toLowerCase(Locale.ROOT);
        int index = named(wanted);
        if (index < 0) {
            index = named(SPELLINGS.getOrDefault(wanted, wanted));
        }
        if (index < 0) {
            index = numbered(wanted);
        }
        if (index >= 0) {
            return index;
        }
        throw new Problem(
                file + ", line " + row.line() + ": the checkpoint does not know the label \"" + row.label()
                        + "\"; its labels are " + String.join(", ", names) + ".",
                isNumbered()
                        ? "Name its classes in the order of its logits (--labels a,b,c on the command line)."
                        : "Correct the label, choose the data that this checkpoint was trained for, or name its classes as"
                                + " the data does, in the order of its logits (--labels on the command line).");
    }

    /// Whether the checkpoint gives its classes no names but `LABEL_0`, `LABEL_1`, ...
    public boolean isNumbered() {
        return names.stream().allMatch(n -> n.matches("LABEL_\\d+"));
    }

    private int named(String wanted) {
        for (int i = 0; i < names.size(); i++) {
            // Labels are read with 2.0 as 2; a checkpoint may be called either.
            if (Values.plain(names.get(i)).toLowerCase(Locale.ROOT).equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    private int numbered(String label) {
        if (!label.matches("(label_)?\\d{1,6}")) {
            return -1;
        }
        int index = Integer.parseInt(label.substring(label.indexOf('_') + 1));
        return index < names.size() ? index : -1;
    }
}
