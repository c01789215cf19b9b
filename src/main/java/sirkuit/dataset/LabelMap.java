package sirkuit.dataset;

import java.util.List;
import java.util.Locale;
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

    /// Index of the class a row's label names; upper and lower case do not matter.
    ///
    /// @throws Problem when the checkpoint does not know the label
    public int index(java.nio.file.Path file, LabelledText row) {
        String wanted = row.label().toLowerCase(Locale.ROOT);
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).toLowerCase(Locale.ROOT).equals(wanted)) {
                return i;
            }
        }
        boolean numbered = names.stream().allMatch(n -> n.matches("LABEL_\\d+"));
        throw new Problem(
                file + ", line " + row.line() + ": the checkpoint does not know the label \"" + row.label()
                        + "\"; its labels are " + String.join(", ", names) + ".",
                numbered
                        ? "Name its classes in the order of its logits (--labels a,b,c on the command line)."
                        : "Correct the label, or choose the data that this checkpoint was trained for.");
    }
}
