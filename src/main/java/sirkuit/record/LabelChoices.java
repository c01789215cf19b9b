package sirkuit.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.CommaList;
import sirkuit.Problem;
import sirkuit.dataset.GivenNames;

/// The class of each label, as the user gives it: `0=positive,1=neutral,2=negative`. See [CommaList] for names with
/// commas.
public final class LabelChoices {
    private static final String REMEDY =
            "Write it like 0=positive,1=neutral,2=negative: the label in the data, then the class. A comma or an equals"
                    + " sign in a name needs a backslash before it.";

    private LabelChoices() {}

    /// @throws Problem when it is not of that form
    public static Map<String, String> parse(String text) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (CommaList.Pair pair : CommaList.pairs(text)) {
            String label = pair.left().strip();
            String wanted = pair.right() == null ? "" : pair.right().strip();
            if (label.isEmpty() || wanted.isEmpty()) {
                throw Problem.of(
                        "record.label-map-syntax", pair.left(), pair.right() == null ? "" : "=" + pair.right());
            }
            if (choices.put(label, wanted) != null) {
                throw Problem.of("record.label-map-twice", label);
            }
        }
        return choices;
    }

    /// The text that [#parse] reads.
    public static String written(Map<String, String> choices) {
        return CommaList.written(choices);
    }

    /// Names for the classes of a checkpoint that has only numbers, taken from the user's label map.
    ///
    /// @param classes the checkpoint's names
    /// @return names in the order of the logits; null when the checkpoint has names, or the labels do not name each
    ///         class
    public static @Nullable List<String> names(List<String> classes, @Nullable Map<String, String> choices) {
        if (choices == null || choices.size() != classes.size() || !GivenNames.areNumbers(classes)) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (String one : classes) {
            choices.forEach((label, wanted) -> {
                if (wanted.equals(one) && !label.matches("-?\\d+(\\.\\d+)?")) {
                    names.add(label);
                }
            });
        }
        return names.size() == classes.size() && List.copyOf(choices.values()).containsAll(classes)
                ? List.copyOf(names)
                : null;
    }

    /// @throws Problem when a label or a class is missing
    static @Nullable Map<String, String> orNull(@Nullable Map<String, String> choices) {
        if (choices == null || choices.isEmpty()) {
            return null;
        }
        choices.forEach((label, wanted) -> {
            if (label.isBlank() || wanted == null || wanted.isBlank()) {
                throw Problem.of("record.label-without-class");
            }
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(choices));
    }
}
