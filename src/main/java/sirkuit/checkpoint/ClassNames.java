package sirkuit.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import sirkuit.Problem;

/// The names of the classes in the order of the logits, as `id2label` and `num_labels` of a `config.json` say them.
///
/// @param names as many as the classifier has rows
/// @param notes what whoever trusts the names should know
public record ClassNames(List<String> names, List<String> notes) {
    private static final String MAP = "id2label";
    private static final String COUNT = "num_labels";

    /// Python's `int()` of a key: blanks and leading zeros are nothing.
    private static final Pattern KEY = Pattern.compile("\\s*\\+?0*(\\d{1,9})\\s*");

    public ClassNames {
        names = List.copyOf(names);
        notes = List.copyOf(notes);
    }

    /// @param rows of the classifier
    /// @throws Problem when the names are not names of that many classes, one for each
    static ClassNames of(CheckpointConfig config, JsonNode root, long rows) {
        if (rows == 1) {
            throw new Problem(
                    config.file() + " describes a single class: a regression model, which is not supported.",
                    "Choose a checkpoint that tells two or more classes apart.");
        }
        JsonNode map = root.path(MAP);
        boolean unnamed = map.isMissingNode() || map.isNull() || map.isObject() && map.isEmpty();
        int count = config.integer(COUNT, unnamed ? 2 : map.size());
        if (unnamed) {
            requireRows(config, count, rows, COUNT);
            return new ClassNames(numbered(count), List.of());
        }
        List<String> notes = new ArrayList<>();
        if (count != map.size()) {
            String both = config.file().getFileName() + " names " + map.size() + " classes in " + MAP + " and says "
                    + COUNT + " = " + count;
            if (count == rows) {
                return new ClassNames(
                        numbered(count),
                        List.of(both + ", as many as the classifier has: they are called "
                                + numbered(count).getFirst() + ", ..., as in transformers 5."));
            }
            notes.add(both + ": the classifier has " + rows + ", so the names are taken.");
        }
        requireRows(config, map.size(), rows, MAP);
        return new ClassNames(names(config, map, notes), notes);
    }

    /// Of a language model, which has no classes: what the file says where it makes sense, else two numbered ones.
    static ClassNames ofLanguageModel(CheckpointConfig config, JsonNode root) {
        JsonNode map = root.path(MAP);
        if (!map.isObject() || map.size() < 2) {
            return new ClassNames(numbered(2), List.of());
        }
        try {
            return new ClassNames(names(config, map, new ArrayList<>()), List.of());
        } catch (Problem e) {
            return new ClassNames(numbered(2), List.of()); // nobody reads them
        }
    }

    private static void requireRows(CheckpointConfig config, int count, long rows, String field) {
        if (count != rows) {
            throw new Problem(
                    config.file() + " describes " + count + " classes (" + field + "), but the classifier has " + rows
                            + " rows.",
                    "Use the config.json that belongs to these weights, or write the names of the " + rows
                            + " classes into its " + MAP + ", in the order of the logits: {\"0\": ..., \"" + (rows - 1)
                            + "\": ...}.");
        }
    }

    private static List<String> names(CheckpointConfig config, JsonNode map, List<String> notes) {
        if (!map.isObject()) {
            throw new Problem(
                    config.file() + ": " + MAP + " is a list where names by number are needed.",
                    "Write it as transformers does: {\"0\": \"negative\", \"1\": \"positive\"}.");
        }
        Map<Integer, JsonNode> byNumber = new TreeMap<>();
        map.properties().forEach(entry -> {
            Matcher key = KEY.matcher(entry.getKey());
            if (!key.matches() || byNumber.put(Integer.parseInt(key.group(1)), entry.getValue()) != null) {
                throw new Problem(
                        config.file() + ": " + MAP + " has the key \"" + shortened(entry.getKey())
                                + "\" where every class from 0 to " + (map.size() - 1) + " has one.",
                        entry.getValue().isInt()
                                ? "Names and numbers are the wrong way round: write \""
                                        + entry.getValue().asText() + "\": \"" + shortened(entry.getKey())
                                        + "\", and so on."
                                : "Number the classes from 0 in the order of the logits.");
            }
        });
        List<String> names = new ArrayList<>();
        List<String> nameless = new ArrayList<>();
        byNumber.forEach((number, label) -> {
            if (number != names.size()) {
                throw new Problem(
                        config.file() + ": " + MAP + " names class " + number + " and not class " + names.size()
                                + "; the logits are counted from 0 to " + (map.size() - 1) + ".",
                        "Number the classes from 0 in the order of the logits.");
            }
            if (label.isNull()) {
                nameless.add("LABEL_" + number);
            }
            names.add(name(config, number, label));
        });
        if (!nameless.isEmpty()) {
            notes.add(config.file().getFileName() + " gives no name to " + nameless.size() + " of its " + names.size()
                    + " classes: they are called "
                    + String.join(", ", nameless.subList(0, Math.min(5, nameless.size())))
                    + (nameless.size() > 5 ? ", ..." : "") + ".");
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new Problem(
                    config.file() + ": two classes in " + MAP + " have the same name.",
                    "Give every class a name of its own, in the order of the logits.");
        }
        return names;
    }

    /// Numbers and truth values as Python writes them: transformers keeps them as they are.
    private static String name(CheckpointConfig config, int number, JsonNode label) {
        if (label.isNull()) {
            return "LABEL_" + number;
        }
        if (label.isBoolean()) {
            return label.booleanValue() ? "True" : "False";
        }
        if (!label.isTextual() && !label.isNumber()) {
            throw new Problem(
                    config.file() + ": " + MAP + " gives class " + number + " a value that is not a name.",
                    "Write a text there, the name of the class.");
        }
        return label.asText();
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "LABEL_" + i).toList();
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
