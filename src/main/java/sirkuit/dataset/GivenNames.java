package sirkuit.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.CommaList;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.ShellWord;
import sirkuit.dataset.table.Values;

/// The names of a checkpoint's classes: from its config.json, or from the user (`--labels`).
public final class GivenNames {
    /// Shorter beginnings of a name do not say clearly which one is meant.
    private static final int TELLING = 3;

    private static final int SHOWN = 12;

    /// Other spellings in well-known corpora (XNLI's machine-translated training files).
    private static final Map<String, String> SPELLINGS = Map.of("contradictory", "contradiction");

    private GivenNames() {}

    /// The form of a name for comparison: upper and lower case do not matter.
    static String key(String name) {
        return Values.key(name);
    }

    /// The usual spelling of a name; the name itself when it has no other.
    static String spelt(String key) {
        return SPELLINGS.getOrDefault(key, key);
    }

    /// Whether a checkpoint's class names are only numbers: `LABEL_0`, `LABEL_1`, ... or 0, 1, ...
    public static boolean areNumbers(List<String> names) {
        return names.stream().allMatch(n -> key(n).matches("label_\\d+"))
                || IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(Integer.toString(i)));
    }

    /// The names to use when the user gives some.
    ///
    /// @param config the checkpoint's file
    /// @param own    its names, in the order of the logits
    /// @param given  the user's, in the same order
    /// @return the given names, or the checkpoint's own if they differ only in upper and lower case
    /// @throws Problem when a given name is the checkpoint's name of another class: data would be read in the wrong
    ///         order, and results would contradict the checkpoint's config.json
    public static List<String> named(Path config, List<String> own, List<String> given) {
        List<String> names = new LabelMap(given).names();
        if (names.size() != own.size()) {
            return names; // refused when the weights are read
        }
        boolean same = true;
        for (int i = 0; i < names.size(); i++) {
            same &= number(key(own.get(i))).equals(number(key(names.get(i))));
            int other = ofAnother(own, names, i);
            if (other >= 0) {
                throw permuted(config, own, names, i, other);
            }
        }
        return same ? own : names;
    }

    /// The class that a given name seems to mean, if that is not the one at its position; -1 otherwise.
    private static int ofAnother(List<String> own, List<String> names, int i) {
        String given = key(names.get(i));
        boolean numbers = areNumbers(own);
        // 1 to 5 may name five classes numbered from 0. The same numbers in another order cannot.
        boolean shifted = numbers && given.matches("\\d+") && !sameSet(own, names);
        int begun = -1;
        for (int j = 0; j < own.size() && !shifted; j++) {
            String name = key(own.get(j));
            if (number(name).equals(number(spelt(given)))) {
                return i == j ? -1 : j;
            }
            if (!numbers && alike(name, given)) {
                begun = begun == -1 ? j : -2;
            }
        }
        return begun < 0 || begun == i || alike(key(own.get(i)), given) ? -1 : begun;
    }

    private static boolean sameSet(List<String> own, List<String> names) {
        return names.stream()
                .map(n -> number(key(n)))
                .collect(Collectors.toSet())
                .equals(own.stream().map(n -> number(key(n))).collect(Collectors.toSet()));
    }

    /// Whether one is short for the other, such as `pos` and `positive`.
    private static boolean alike(String one, String other) {
        return Math.min(one.length(), other.length()) >= TELLING && (one.startsWith(other) || other.startsWith(one));
    }

    private static String number(String key) {
        return key.matches("label_\\d+") ? key.substring("label_".length()) : key;
    }

    private static Problem permuted(Path config, List<String> own, List<String> names, int i, int other) {
        return Problem.of(
                "dataset.labels-out-of-order",
                i,
                names.get(i),
                config,
                numbered(own),
                key(names.get(i)).equals(key(own.get(other)))
                        ? "\"" + names.get(i) + "\""
                        : Message.of("dataset.seems-to-mean", own.get(other)),
                other,
                example(own));
    }

    /// `0 negative, 1 neutral, 2 positive`.
    static String numbered(List<String> names) {
        return listed(IntStream.range(0, names.size())
                .mapToObj(i -> i + " " + names.get(i))
                .toList());
    }

    private static String example(List<String> own) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            pairs.add(CommaList.pair(Integer.toString(i), own.get(own.size() - 1 - i)));
        }
        return ShellWord.of(listed(pairs, ","));
    }

    /// A note on names that are not the checkpoint's own; null if they are, or it has none.
    public static @Nullable Message renamed(List<String> own, List<String> names) {
        if (own.equals(names) || own.size() != names.size() || areNumbers(own)) {
            return null;
        }
        List<Message> pairs = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            if (!key(own.get(i)).equals(key(names.get(i)))) {
                pairs.add(Message.of("dataset.stands-for", names.get(i), own.get(i)));
            }
        }
        return pairs.isEmpty() ? null : Message.of("dataset.classes-renamed", several(pairs));
    }

    /// The first dozen.
    static String listed(List<String> parts) {
        return listed(parts, ", ");
    }

    /// The first dozen.
    static Message several(List<Message> parts) {
        List<Message> shown = new ArrayList<>(parts.subList(0, Math.min(SHOWN, parts.size())));
        if (parts.size() > SHOWN) {
            shown.add(Message.plain("..."));
        }
        return Message.joined("ground.comma", shown);
    }

    static String listed(List<String> parts, String between) {
        return parts.stream().limit(SHOWN).collect(Collectors.joining(between))
                + (parts.size() > SHOWN ? between + "..." : "");
    }
}
