package sirkuit.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import sirkuit.Message;
import sirkuit.Problem;

/// The names of the classes in the order of the logits, from `id2label` and `num_labels` of a `config.json`.
///
/// @param names one for each row of the classifier
/// @param notes what to know before trusting the names
public record ClassNames(List<String> names, List<Message> notes) {
    private static final String MAP = "id2label";
    private static final String COUNT = "num_labels";

    /// A key as Python's `int()` reads it: spaces and leading zeros are ignored.
    private static final Pattern KEY = Pattern.compile("\\s*\\+?0*(\\d{1,9})\\s*");

    public ClassNames {
        names = List.copyOf(names);
        notes = List.copyOf(notes);
    }

    /// @param rows of the classifier
    /// @throws Problem when there is not exactly one name for each class
    static ClassNames of(CheckpointConfig config, JsonNode root, long rows) {
        if (rows == 1) {
            throw Problem.of("checkpoint.single-class", config.file());
        }
        JsonNode map = root.path(MAP);
        boolean unnamed = map.isMissingNode() || map.isNull() || map.isObject() && map.isEmpty();
        int count = config.integer(COUNT, unnamed ? 2 : map.size());
        if (unnamed) {
            requireRows(config, count, rows, COUNT);
            return new ClassNames(numbered(count), List.of());
        }
        List<Message> notes = new ArrayList<>();
        if (count != map.size()) {
            String file = String.valueOf(config.file().getFileName());
            if (count == rows) {
                return new ClassNames(
                        numbered(count),
                        List.of(Message.of("checkpoint.class-counts-disagree-numbered", file, map.size(), count)));
            }
            notes.add(Message.of("checkpoint.class-counts-disagree-named", file, map.size(), count, rows));
        }
        requireRows(config, map.size(), rows, MAP);
        return new ClassNames(names(config, map, notes), notes);
    }

    /// For a language model, which has no classes: the names in the file if they make sense, otherwise two numbered
    /// ones.
    static ClassNames ofLanguageModel(CheckpointConfig config, JsonNode root) {
        JsonNode map = root.path(MAP);
        if (!map.isObject() || map.size() < 2) {
            return new ClassNames(numbered(2), List.of());
        }
        try {
            return new ClassNames(names(config, map, new ArrayList<>()), List.of());
        } catch (Problem e) {
            return new ClassNames(numbered(2), List.of()); // they are not used
        }
    }

    private static void requireRows(CheckpointConfig config, int count, long rows, String field) {
        if (count != rows) {
            throw Problem.of("checkpoint.class-count-differs", config.file(), count, field, rows, rows - 1);
        }
    }

    private static List<String> names(CheckpointConfig config, JsonNode map, List<Message> notes) {
        if (!map.isObject()) {
            throw Problem.of("checkpoint.id2label-is-list", config.file());
        }
        Map<Integer, JsonNode> byNumber = new TreeMap<>();
        map.properties().forEach(entry -> {
            Matcher key = KEY.matcher(entry.getKey());
            if (!key.matches() || byNumber.put(Integer.parseInt(key.group(1)), entry.getValue()) != null) {
                throw Problem.of(
                        "checkpoint.bad-id2label-key",
                        config.file(),
                        shortened(entry.getKey()),
                        map.size() - 1,
                        entry.getValue().isInt()
                                ? Message.of(
                                        "checkpoint.names-and-numbers-swapped",
                                        entry.getValue().asText(),
                                        shortened(entry.getKey()))
                                : Message.of("checkpoint.number-classes"));
            }
        });
        List<String> names = new ArrayList<>();
        List<String> nameless = new ArrayList<>();
        byNumber.forEach((number, label) -> {
            if (number != names.size()) {
                throw Problem.of(
                        "checkpoint.id2label-skips-class", config.file(), number, names.size(), map.size() - 1);
            }
            if (label.isNull()) {
                nameless.add("LABEL_" + number);
            }
            names.add(name(config, number, label));
        });
        if (!nameless.isEmpty()) {
            notes.add(Message.of(
                    "checkpoint.nameless-classes",
                    String.valueOf(config.file().getFileName()),
                    nameless.size(),
                    names.size(),
                    String.join(", ", nameless.subList(0, Math.min(5, nameless.size())))
                            + (nameless.size() > 5 ? ", ..." : "")));
        }
        if (names.stream().distinct().count() != names.size()) {
            throw Problem.of("checkpoint.duplicate-class-name", config.file());
        }
        return names;
    }

    /// Numbers and truth values as Python writes them, because transformers keeps them as they are.
    private static String name(CheckpointConfig config, int number, JsonNode label) {
        if (label.isNull()) {
            return "LABEL_" + number;
        }
        if (label.isBoolean()) {
            return label.booleanValue() ? "True" : "False";
        }
        if (!label.isTextual() && !label.isNumber()) {
            throw Problem.of("checkpoint.class-name-not-text", config.file(), number);
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
