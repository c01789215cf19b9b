package sirkuit.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.CommaList;
import sirkuit.Problem;
import sirkuit.ShellWord;
import sirkuit.dataset.table.Values;

/// The classes of a checkpoint in the order of its logits, and how labels in data are matched to them.
///
/// @param names  names of the classes
/// @param named  who named them
/// @param chosen class by label, given by the user (`--label-map`): a name, or its number; empty for none
public record LabelMap(List<String> names, Named named, Map<String, String> chosen) {
    /// Who named the classes.
    public enum Named {
        /// config.json.
        CONFIG,
        /// The user (`--labels`).
        LABELS,
        /// The verbalizer of a language model.
        VERBALIZER
    }

    /// @param index the class; -1 for none
    record Match(int index, ClassBinding.How how) {}

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private static final Match NONE = new Match(-1, ClassBinding.How.UNKNOWN);

    /// @throws Problem when a name is missing or a duplicate, or when there are fewer than two names; or when
    ///         `chosen` names no class or takes a class's own name for another class
    public LabelMap {
        for (String name : names) {
            if (name == null || name.isBlank()) {
                throw Problem.of("dataset.label-without-name", names);
            }
        }
        names = names.stream().map(Values::strip).toList();
        long different = names.stream().map(GivenNames::key).distinct().count();
        if (different != names.size()) {
            throw Problem.of("dataset.duplicate-label", String.join(", ", names));
        }
        if (names.size() < 2) {
            throw Problem.of("dataset.single-class", String.join(", ", names));
        }
        Map<String, String> keyed = new LinkedHashMap<>();
        for (Map.Entry<String, String> pair : chosen.entrySet()) {
            requireSense(names, pair.getKey(), pair.getValue());
            keyed.put(value(pair.getKey()), pair.getValue());
        }
        chosen = Collections.unmodifiableMap(keyed);
    }

    /// The checkpoint's own names, without a label map.
    public LabelMap(List<String> names) {
        this(names, Named.CONFIG, Map.of());
    }

    private static void requireSense(List<String> names, String label, String wanted) {
        int index = ofClass(names, wanted);
        if (index < 0) {
            throw Problem.of(
                    "dataset.label-map-unknown-class",
                    label,
                    wanted,
                    GivenNames.numbered(names),
                    ShellWord.of(CommaList.pair(label, names.getFirst())));
        }
        int own = named(names, value(label));
        // A name that is a number may also be a position. Only the user knows what the data means.
        if (own >= 0 && own != index && !number(value(label))) {
            throw Problem.of("dataset.label-map-contradicts", label, names.get(index), names.get(own));
        }
    }

    /// The same classes with the user's label map for some data; null for none.
    public LabelMap choosing(@Nullable Map<String, String> map) {
        return new LabelMap(names, named, map == null ? Map.of() : map);
    }

    public int size() {
        return names.size();
    }

    /// The class of a label: as the user said, by its name (upper and lower case do not matter), or by its number
    /// in the order of the logits.
    ///
    /// Numbers are not used if the names of the classes contain other numbers (1 to 5 stars), or if the user has
    /// given the class of some numbers.
    Match match(String label) {
        String wanted = value(label);
        String said = chosen.get(wanted);
        if (said != null) {
            return new Match(ofClass(names, said), ClassBinding.How.LABEL_MAP);
        }
        int index = named(names, wanted);
        if (index >= 0 && number(wanted) && overridden()) {
            return NONE;
        }
        if (index >= 0) {
            boolean number = numbered(wanted) == index && wanted.matches("\\d+");
            return new Match(index, number ? ClassBinding.How.NUMBER : ClassBinding.How.NAME);
        }
        index = named(names, GivenNames.spelt(wanted));
        if (index >= 0) {
            return new Match(index, ClassBinding.How.SPELLING);
        }
        boolean spoken = chosen.keySet().stream().anyMatch(k -> k.matches("-?\\d+"));
        index = spoken ? -1 : numbered(wanted);
        return index < 0 ? NONE : new Match(index, ClassBinding.How.NUMBER);
    }

    /// Whether the user gave a number another class than the one with that name.
    private boolean overridden() {
        return chosen.entrySet().stream()
                .filter(e -> number(e.getKey()))
                .anyMatch(
                        e -> named(names, e.getKey()) >= 0 && named(names, e.getKey()) != ofClass(names, e.getValue()));
    }

    private static boolean number(String value) {
        return value.matches("-?\\d+");
    }

    /// Whether the checkpoint's class names are only numbers.
    public boolean isNumbered() {
        return GivenNames.areNumbers(names);
    }

    /// The form of a label for comparison.
    private static String value(String label) {
        return Values.key(label);
    }

    /// Whether a number means the class with that number. It does not if the classes have other numbers in their
    /// names, such as `1 star` to `5 stars` or `level_1` to `level_3`.
    private static boolean counted(List<String> names) {
        boolean alike = names.stream()
                        .map(n -> n.replaceFirst("\\d{1,6}", "#"))
                        .distinct()
                        .count()
                == 1;
        for (int i = 0; i < names.size(); i++) {
            Matcher number = NUMBER.matcher(names.get(i));
            boolean found = alike ? number.find() : number.lookingAt();
            if (found && !number.group().equals(Integer.toString(i))) {
                return false;
            }
        }
        return alike || names.stream().noneMatch(n -> value(n).matches("-?\\d+"));
    }

    /// The class by its name, or else by its number in the order of the logits.
    private static int ofClass(List<String> names, String wanted) {
        int named = named(names, GivenNames.key(wanted));
        return named >= 0 ? named : numbered(names, GivenNames.key(wanted));
    }

    private static int named(List<String> names, String wanted) {
        return IntStream.range(0, names.size())
                .filter(i -> value(names.get(i)).equals(value(wanted)))
                .findFirst()
                .orElse(-1);
    }

    private int numbered(String label) {
        return numbered(names, label);
    }

    private static int numbered(List<String> names, String label) {
        if (!label.matches("(label_)?\\d{1,6}") || !counted(names)) {
            return -1;
        }
        int index = Integer.parseInt(label.substring(label.indexOf('_') + 1));
        return index < names.size() ? index : -1;
    }
}
