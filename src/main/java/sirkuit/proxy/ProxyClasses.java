package sirkuit.proxy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.CommaList;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.ShellWord;
import sirkuit.dataset.ClassBinding;
import sirkuit.dataset.Dataset;
import sirkuit.dataset.LabelMap;
import sirkuit.dataset.LabelledTexts;
import sirkuit.dataset.table.Values;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;

/// The classes that a proxy learns.
///
/// @param names in the order of the logits
/// @param notes what to know about the labels
record ProxyClasses(List<String> names, List<Message> notes) {
    /// With fewer texts of a class, a classifier learns little about it.
    private static final int FEW = 10;

    /// A column with more labels than this, most of them with one text, is a column of something else.
    private static final int MANY = 20;

    private static final int SHOWN = 5;

    /// What data sets write for a text without a gold label.
    private static final Set<String> NONE = Set.of("-", "-1", "nan", "none", "null", "n/a", "na", "?");

    /// Takes the classes that the user names, or else the labels of the training texts. Reads all files of the run.
    ///
    /// @throws Problem when there are fewer than two classes, the training texts lack one, or a file has another
    ///     one
    static ProxyClasses of(RunConfig config) {
        List<String> given = config.labels();
        List<String> names = given == null ? labels(config.train()) : given;
        if (names.size() < 2) {
            throw given == null
                    ? Problem.of("proxy.one-label-in-data", config.train().file(), String.join(", ", names))
                    : Problem.of("proxy.one-label-given", String.join(", ", names));
        }
        LabelMap classes = new LabelMap(names);
        List<Message> notes = new ArrayList<>();
        config.files().forEach((role, file) -> {
            Dataset data = opened(file, classes, given != null);
            if (role.equals("train")) {
                notes.addAll(notes(data));
            }
        });
        if (given == null) {
            names.stream()
                    .filter(name -> NONE.contains(Values.key(name)))
                    .findFirst()
                    .ifPresent(name -> notes.add(Message.of(
                            "proxy.label-may-mean-none", name, ShellWord.of(CommaList.joined(List.of(name))))));
        }
        return new ProxyClasses(classes.names(), List.copyOf(notes));
    }

    private static Dataset opened(DataFile file, LabelMap classes, boolean given) {
        ClassBinding[] told = new ClassBinding[1];
        try {
            return Dataset.open(file.source(), classes.choosing(file.labelMap()), binding -> told[0] = binding);
        } catch (Problem e) {
            List<ClassBinding.Value> unknown = told[0] == null
                    ? List.of()
                    : told[0].values().stream().filter(v -> v.index() < 0).toList();
            if (unknown.isEmpty()) {
                throw e;
            }
            throw Problem.of(
                    given ? "proxy.label-not-named" : "proxy.label-not-in-training",
                    file.file(),
                    listed(unknown.stream().map(v -> "\"" + v.label() + "\"").toList()),
                    unknown.getFirst().line(),
                    String.join(", ", classes.names()),
                    e.advice());
        }
    }

    /// Notes on the training texts.
    private static List<Message> notes(Dataset train) {
        int[] counts = train.classCounts();
        List<String> names = train.labels().names();
        List<String> missing = IntStream.range(0, counts.length)
                .filter(c -> counts[c] == 0)
                .mapToObj(names::get)
                .toList();
        if (!missing.isEmpty()) {
            throw Problem.of("proxy.class-without-texts", train.file(), listed(missing));
        }
        List<String> few = IntStream.range(0, counts.length)
                .filter(c -> counts[c] < FEW)
                .mapToObj(c -> names.get(c) + " " + counts[c])
                .toList();
        return few.isEmpty() ? List.of() : List.of(Message.of("proxy.few-texts", train.file(), FEW, listed(few)));
    }

    /// The labels of a file, in the order of the classes: numbers by size, other labels by the alphabet.
    private static List<String> labels(DataFile file) {
        Map<String, String> chosen = new HashMap<>();
        if (file.labelMap() != null) {
            file.labelMap().forEach((label, name) -> chosen.put(Values.key(label), name));
        }
        Map<String, String> found = new LinkedHashMap<>();
        int[] rows = new int[1];
        LabelledTexts.read(file.source(), row -> {
            rows[0]++;
            @Nullable String said = chosen.get(Values.key(row.label()));
            String name = said == null ? row.label() : said;
            found.putIfAbsent(Values.key(name), name);
        });
        if (found.size() > MANY && 2 * found.size() > rows[0]) {
            throw Problem.of("proxy.too-many-labels", Path.of(file.file()), found.size(), rows[0], file.labelColumn());
        }
        boolean numbers = found.keySet().stream().allMatch(key -> key.matches("-?\\d{1,9}"));
        return found.entrySet().stream()
                .sorted(
                        numbers
                                ? Comparator.comparingInt(e -> Integer.parseInt(e.getKey()))
                                : Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String listed(List<String> parts) {
        return parts.stream().limit(SHOWN).collect(Collectors.joining(", ")) + (parts.size() > SHOWN ? ", ..." : "");
    }
}
