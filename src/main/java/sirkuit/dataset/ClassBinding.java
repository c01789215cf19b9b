package sirkuit.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.CommaList;
import sirkuit.Problem;
import sirkuit.ShellWord;
import sirkuit.dataset.table.Values;

/// Which class every label in a data file means, and how this was decided. It is made once, when the file is read, and
/// used for every row.
///
/// @param file    the data
/// @param classes class names, in the order of the logits
/// @param named   who names the classes
/// @param values  every label that occurs, in the order of the file
public record ClassBinding(Path file, List<String> classes, LabelMap.Named named, List<Value> values) {
    private static final int TEXTS = 3;

    /// More different labels than this are no labels but another column.
    private static final int MOST_UNKNOWN = 100;

    /// How a label was found to mean a class.
    public enum How {
        /// It is the class's name.
        NAME,
        /// It is another spelling of it.
        SPELLING,
        /// It is the class's number in the order of the logits.
        NUMBER,
        /// The user says so.
        LABEL_MAP,
        /// It means no class.
        UNKNOWN
    }

    /// @param label as it is in the file
    /// @param index of the class; -1 for none
    /// @param count rows that have it
    /// @param line  of the first of them
    /// @param texts of the first few
    public record Value(String label, int index, How how, int count, long line, List<String> texts) {}

    public ClassBinding {
        classes = List.copyOf(classes);
        values = List.copyOf(values);
    }

    /// Rows of each class, in the order of the logits.
    public int[] counts() {
        int[] counts = new int[classes.size()];
        values.stream().filter(v -> v.index >= 0).forEach(v -> counts[v.index] += v.count);
        return counts;
    }

    /// Classes that no row has.
    public List<String> missing() {
        int[] counts = counts();
        return IntStream.range(0, counts.length)
                .filter(c -> counts[c] == 0)
                .mapToObj(classes::get)
                .toList();
    }

    private List<Value> by(How how) {
        return values.stream().filter(v -> v.how == how).toList();
    }

    private static int rows(List<Value> values) {
        return values.stream().mapToInt(Value::count).sum();
    }

    /// The first label that means no class; there must be one.
    Value firstUnknown() {
        return by(How.UNKNOWN).getFirst();
    }

    /// @throws Problem when a label means no class
    void requireKnown(String place) {
        List<Value> unknown = by(How.UNKNOWN);
        if (unknown.isEmpty()) {
            return;
        }
        Value first = unknown.getFirst();
        List<String> others =
                unknown.stream().skip(1).map(v -> "\"" + v.label + "\"").toList();
        throw Problem.of(
                "dataset.unknown-label",
                file,
                place,
                first.line,
                first.label,
                others.isEmpty() ? "" : ", nor " + GivenNames.listed(others),
                GivenNames.listed(classes),
                remedy(unknown));
    }

    /// The label map of a file that counts from -1 and has as many labels as there are classes, the lowest as the first
    /// class; null for other files. There -1 is a class and no sign of a missing label.
    @Nullable
    String countedFromMinusOne() {
        boolean numbers = values.stream().allMatch(v -> Values.plain(v.label).matches("-?\\d{1,6}"));
        if (!numbers || values.size() != classes.size()) {
            return null;
        }
        List<Value> sorted = values.stream()
                .sorted(java.util.Comparator.comparingInt((Value v) -> Integer.parseInt(Values.plain(v.label))))
                .toList();
        return Values.plain(sorted.getFirst().label).equals("-1") ? map(sorted, sorted::indexOf) : null;
    }

    private String remedy(List<Value> unknown) {
        if (unknown.size() >= MOST_UNKNOWN) {
            return "These seem to be no labels: name the column that holds them (--label-column).";
        }
        boolean numbers = values.stream().allMatch(v -> Values.plain(v.label).matches("-?\\d+"));
        if (GivenNames.areNumbers(classes) && named == LabelMap.Named.CONFIG && !numbers) {
            return "Name the checkpoint's classes in the order of its logits (--labels a,b,c on the command line), or say"
                    + " which class each label is (--label-map " + choices(unknown) + ").";
        }
        return "Say which class each label is (--label-map " + choices(numbers ? values : unknown)
                + " on the command line), correct the label, or choose the data that this checkpoint was trained for.";
    }

    /// `a=CLASS,b=CLASS`, for the user to fill in.
    private static String choices(List<Value> values) {
        return ShellWord.of(GivenNames.listed(
                values.stream()
                        .map(v -> CommaList.pair(Values.strip(v.label), "CLASS"))
                        .toList(),
                ","));
    }

    /// What whoever trusts a result should know of the labels it was made with.
    ///
    /// @param all of every file that a command reads
    public static List<String> notes(List<ClassBinding> all) {
        List<String> notes = new ArrayList<>();
        notes.addAll(readAs(all, How.NUMBER));
        notes.addAll(readAs(all, How.LABEL_MAP));
        all.stream().map(ClassBinding::otherwiseNumbered).forEach(notes::addAll);
        all.stream().map(ClassBinding::mixed).forEach(notes::addAll);
        all.stream().map(ClassBinding::absent).forEach(notes::addAll);
        return notes.stream().distinct().toList();
    }

    /// Files whose labels are read alike share a note.
    private static List<String> readAs(List<ClassBinding> all, How how) {
        Map<String, Set<String>> files = new LinkedHashMap<>();
        for (ClassBinding one : all) {
            List<Value> values = one.by(how);
            boolean nothingToSay = values.isEmpty() || (how == How.NUMBER && GivenNames.areNumbers(one.classes));
            if (!nothingToSay) {
                files.computeIfAbsent(one.assignment(values), k -> new java.util.LinkedHashSet<>())
                        .add(String.valueOf(one.file.getFileName()));
            }
        }
        return files.entrySet().stream()
                .map(e -> how == How.NUMBER
                        ? "Labels read by number, in " + all.getFirst().order() + " order: " + e.getKey() + " ("
                                + String.join(", ", e.getValue()) + "). Where the data has another order, say so:"
                                + " --label-map 0=CLASS,1=CLASS,..."
                        : "Labels read as --label-map says: " + e.getKey() + " (" + String.join(", ", e.getValue())
                                + ").")
                .toList();
    }

    private String order() {
        return switch (named) {
            case CONFIG -> "config.json's";
            case LABELS -> "--labels'";
            case VERBALIZER -> "the verbalizer's";
        };
    }

    /// `0 as negative, 1 as neutral`, in the order of the labels.
    private String assignment(List<Value> some) {
        return GivenNames.listed(some.stream()
                .sorted(java.util.Comparator.comparing(Value::index).thenComparing(Value::label))
                .map(v -> v.label + " as " + classes.get(v.index))
                .toList());
    }

    /// Labels that are names of classes and could as well be the places of others: 0 where the first class is called 2.
    private List<String> otherwiseNumbered() {
        List<Value> names = by(How.NAME);
        boolean places = names.stream().allMatch(v -> place(v) >= 0 && place(v) < classes.size());
        boolean other = names.stream().anyMatch(v -> place(v) != v.index);
        if (names.size() < values.size() || !places || !other) {
            return List.of();
        }
        List<Value> sorted = names.stream()
                .sorted(java.util.Comparator.comparingInt(ClassBinding::place))
                .toList();
        return List.of("The classes have numbers as names, in another order than " + order() + ". The labels of " + file
                + " are read by name: "
                + GivenNames.listed(sorted.stream()
                        .map(v -> v.label + " as the class named \"" + classes.get(v.index) + "\" (number " + v.index
                                + " in order)")
                        .toList())
                + ". If they are meant by order, say so: --label-map "
                + map(sorted, ClassBinding::place) + ".");
    }

    /// The number that a label is; -1 where it is none.
    private static int place(Value value) {
        String plain = Values.plain(value.label);
        return plain.matches("\\d{1,6}") ? Integer.parseInt(plain) : -1;
    }

    /// `a=x,b=y` with names of classes.
    private String map(List<Value> some, java.util.function.ToIntFunction<Value> index) {
        return ShellWord.of(some.stream()
                .map(v -> CommaList.pair(Values.strip(v.label), classes.get(index.applyAsInt(v))))
                .collect(Collectors.joining(",")));
    }

    private List<String> mixed() {
        List<Value> numbers = by(How.NUMBER);
        int named = rows(by(How.NAME)) + rows(by(How.SPELLING));
        return numbers.isEmpty() || named == 0
                ? List.of()
                : List.of("Some labels in " + file + " are names and some are numbers: " + named + " rows by name, "
                        + rows(numbers) + " by number (" + assignment(numbers) + "). Make sure that these numbers mean"
                        + " these classes.");
    }

    private List<String> absent() {
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return List.of();
        }
        List<Value> numbers = by(How.NUMBER);
        boolean all = !numbers.isEmpty() && numbers.size() == values.size() && numbers.size() < classes.size();
        return List.of("No text in " + file + " is labelled " + either(missing) + "."
                + (all ? " If its numbers mean other classes, say so: --label-map " + spread(numbers) + "." : ""));
    }

    /// The first number as the first class and the last as the last, which is what two labels of three mostly mean.
    private String spread(List<Value> numbers) {
        List<Value> sorted = numbers.stream()
                .sorted(java.util.Comparator.comparing(Value::index))
                .toList();
        return sorted.size() == 2
                ? ShellWord.of(CommaList.pair(sorted.getFirst().label, classes.getFirst()) + ","
                        + CommaList.pair(sorted.getLast().label, classes.getLast()))
                : choices(sorted);
    }

    private static String either(List<String> names) {
        return names.size() <= 2
                ? String.join(" or ", names)
                : GivenNames.listed(names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }

    /// What whoever trusts an accuracy should know: that it would be far better if the labels meant other classes. Only
    /// of labels that mean their class by an order (numbers, `--label-map`, or names that the user gave to the
    /// classes); a label with a class's own name means that class, unless that name is a number.
    ///
    /// @param confusion counts, gold class first, then predicted
    /// @return a sentence with the remedy; null when there is nothing to say
    public @Nullable String doubt(int[][] confusion) {
        boolean names = named == LabelMap.Named.LABELS && values.stream().allMatch(v -> v.how == How.NAME);
        boolean numbers = values.stream()
                .allMatch(v -> v.how == How.NUMBER || v.how == How.LABEL_MAP || (v.how == How.NAME && place(v) >= 0));
        if (!names && !numbers) {
            return null;
        }
        LabelOrder order = LabelOrder.of(confusion);
        if (!order.looksDifferent()) {
            return null;
        }
        String remedy = names
                ? "--labels " + ShellWord.of(CommaList.joined(order.reordered(classes)))
                : "--label-map " + map(values, v -> order.meant(v.index));
        return String.format(
                java.util.Locale.ROOT,
                "The labels of %s may be in another order: with %s the accuracy would be %.1f %%, not %.1f %%."
                        + " Check some texts; if they agree, add this option.",
                file,
                remedy,
                100 * order.best(),
                100 * order.now());
    }

    /// Gathers the labels of a file, row by row.
    static final class Gathering {
        private final Path file;
        private final LabelMap labels;
        private final Map<String, Integer> known = new LinkedHashMap<>();
        private final List<LabelMap.Match> matches = new ArrayList<>();
        private final List<Integer> counts = new ArrayList<>();
        private final List<Long> lines = new ArrayList<>();
        private final List<List<String>> texts = new ArrayList<>();
        private int unknown;

        Gathering(Path file, LabelMap labels) {
            this.file = file;
            this.labels = labels;
        }

        /// @return class of the row; -1 for none
        int add(LabelledText row) {
            Integer at = known.get(row.label());
            int i = at == null ? begin(row) : at;
            counts.set(i, counts.get(i) + 1);
            if (texts.get(i).size() < TEXTS) {
                texts.get(i).add(row.pair() == null ? row.text() : row.text() + " / " + row.pair());
            }
            return matches.get(i).index();
        }

        private int begin(LabelledText row) {
            int i = matches.size();
            known.put(row.label(), i);
            LabelMap.Match match = labels.match(row.label());
            matches.add(match);
            counts.add(0);
            lines.add(row.line());
            texts.add(new ArrayList<>());
            unknown += match.index() < 0 ? 1 : 0;
            return i;
        }

        boolean hopeless() {
            return unknown >= MOST_UNKNOWN;
        }

        ClassBinding binding() {
            List<Value> values = new ArrayList<>();
            known.forEach((label, i) -> values.add(new Value(
                    label,
                    matches.get(i).index(),
                    matches.get(i).how(),
                    counts.get(i),
                    lines.get(i),
                    List.copyOf(texts.get(i)))));
            return new ClassBinding(file, labels.names(), labels.named(), values);
        }
    }
}
