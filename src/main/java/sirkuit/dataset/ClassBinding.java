package sirkuit.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.CommaList;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.ShellWord;
import sirkuit.dataset.table.Values;

/// Which class every label in a data file means, and how this was decided. It is made once, when the file is read, and
/// used for every row.
///
/// @param file    the data
/// @param classes class names, in the order of the logits
/// @param named   who named the classes
/// @param values  every label that occurs, in the order of the file
public record ClassBinding(Path file, List<String> classes, LabelMap.Named named, List<Value> values) {
    private static final int TEXTS = 3;

    /// With more different labels than this, the column does not contain labels.
    private static final int MOST_UNKNOWN = 100;

    /// How the class of a label was found.
    public enum How {
        /// It is the class's name.
        NAME,
        /// It is another spelling of it.
        SPELLING,
        /// It is the class's number in the order of the logits.
        NUMBER,
        /// The user has said so.
        LABEL_MAP,
        /// It matches no class.
        UNKNOWN
    }

    /// @param label as it is in the file
    /// @param index of the class; -1 for none
    /// @param count rows with this label
    /// @param line  line of the first of them
    /// @param texts texts of the first few
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

    /// The first label that matches no class; there must be one.
    Value firstUnknown() {
        return by(How.UNKNOWN).getFirst();
    }

    /// @throws Problem when a label matches no class
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
                others.isEmpty() ? "" : Message.of("dataset.nor", GivenNames.listed(others)),
                GivenNames.listed(classes),
                remedy(unknown));
    }

    /// A label map for a file that counts from -1 and has as many labels as there are classes, with the lowest as
    /// the first class; null for other files. In such a file, -1 is a class and does not mark a missing label.
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

    private Message remedy(List<Value> unknown) {
        if (unknown.size() >= MOST_UNKNOWN) {
            return Message.of("dataset.no-labels.remedy");
        }
        boolean numbers = values.stream().allMatch(v -> Values.plain(v.label).matches("-?\\d+"));
        if (GivenNames.areNumbers(classes) && named == LabelMap.Named.CONFIG && !numbers) {
            return Message.of("dataset.name-classes.remedy", choices(unknown));
        }
        return Message.of("dataset.map-labels.remedy", choices(numbers ? values : unknown));
    }

    /// `a=CLASS,b=CLASS`, for the user to fill in.
    private static String choices(List<Value> values) {
        return ShellWord.of(GivenNames.listed(
                values.stream()
                        .map(v -> CommaList.pair(Values.strip(v.label), "CLASS"))
                        .toList(),
                ","));
    }

    /// What to know about the labels before trusting a result.
    ///
    /// @param all of every file that a command reads
    public static List<Message> notes(List<ClassBinding> all) {
        List<Message> notes = new ArrayList<>();
        notes.addAll(readAs(all, How.NUMBER));
        notes.addAll(readAs(all, How.LABEL_MAP));
        all.stream().map(ClassBinding::otherwiseNumbered).forEach(notes::addAll);
        all.stream().map(ClassBinding::mixed).forEach(notes::addAll);
        all.stream().map(ClassBinding::absent).forEach(notes::addAll);
        return notes.stream().distinct().toList();
    }

    /// Files whose labels are read in the same way share a note.
    private static List<Message> readAs(List<ClassBinding> all, How how) {
        Map<Message, Set<String>> files = new LinkedHashMap<>();
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
                        ? Message.of(
                                "dataset.label-meaning.by-number",
                                all.getFirst().order(),
                                e.getKey(),
                                String.join(", ", e.getValue()))
                        : Message.of("dataset.label-meaning.by-map", e.getKey(), String.join(", ", e.getValue())))
                .toList();
    }

    private Message order() {
        return switch (named) {
            case CONFIG -> Message.of("dataset.order-of-config");
            case LABELS -> Message.of("dataset.order-of-labels");
            case VERBALIZER -> Message.of("dataset.order-of-verbalizer");
        };
    }

    /// `0 as negative, 1 as neutral`, in the order of the labels.
    private Message assignment(List<Value> some) {
        return GivenNames.several(some.stream()
                .sorted(java.util.Comparator.comparing(Value::index).thenComparing(Value::label))
                .map(v -> Message.of("dataset.label-as", v.label, classes.get(v.index)))
                .toList());
    }

    /// Notes on labels that are names of classes but could also be positions: 0 where the first class is called 2.
    private List<Message> otherwiseNumbered() {
        List<Value> names = by(How.NAME);
        boolean places = names.stream().allMatch(v -> place(v) >= 0 && place(v) < classes.size());
        boolean other = names.stream().anyMatch(v -> place(v) != v.index);
        if (names.size() < values.size() || !places || !other) {
            return List.of();
        }
        List<Value> sorted = names.stream()
                .sorted(java.util.Comparator.comparingInt(ClassBinding::place))
                .toList();
        return List.of(Message.of(
                "dataset.label-meaning.numbers-as-names",
                order(),
                file,
                GivenNames.several(sorted.stream()
                        .map(v -> Message.of("dataset.label-as-class", v.label, classes.get(v.index), v.index))
                        .toList()),
                map(sorted, ClassBinding::place)));
    }

    /// The number in a label; -1 if it is not a number.
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

    private List<Message> mixed() {
        List<Value> numbers = by(How.NUMBER);
        int named = rows(by(How.NAME)) + rows(by(How.SPELLING));
        return numbers.isEmpty() || named == 0
                ? List.of()
                : List.of(Message.of("dataset.names-and-numbers", file, named, rows(numbers), assignment(numbers)));
    }

    private List<Message> absent() {
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return List.of();
        }
        List<Value> numbers = by(How.NUMBER);
        boolean all = !numbers.isEmpty() && numbers.size() == values.size() && numbers.size() < classes.size();
        return List.of(
                all
                        ? Message.of("dataset.label-meaning.no-text-of-class", file, either(missing), spread(numbers))
                        : Message.of("dataset.no-text-of-class", file, either(missing)));
    }

    /// The first number as the first class and the last as the last. Two labels of three classes usually mean that.
    private String spread(List<Value> numbers) {
        List<Value> sorted = numbers.stream()
                .sorted(java.util.Comparator.comparing(Value::index))
                .toList();
        return sorted.size() == 2
                ? ShellWord.of(CommaList.pair(sorted.getFirst().label, classes.getFirst()) + ","
                        + CommaList.pair(sorted.getLast().label, classes.getLast()))
                : choices(sorted);
    }

    private static Message either(List<String> names) {
        return names.size() == 1
                ? Message.plain(names.getFirst())
                : Message.of("ground.or", GivenNames.listed(names.subList(0, names.size() - 1)), names.getLast());
    }

    /// What to know before trusting an accuracy: whether it would be much better if the labels meant other classes.
    /// This concerns only labels whose class depends on an order: numbers, `--label-map`, or names that the user
    /// gave to the classes. A label with a class's own name means that class, unless the name is a number.
    ///
    /// @param confusion counts, gold class first, then predicted
    /// @return the note with its remedy; null if there is nothing to say
    public @Nullable Message doubt(int[][] confusion) {
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
        return Message.of(
                "dataset.label-meaning.other-order", file, remedy, percent(order.best()), percent(order.now()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    /// Collects the labels of a file, row by row.
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
