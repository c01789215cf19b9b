package sirkuit.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// A `config.json`, as transformers 4 and 5 write it, read field by field with errors that name file and field.
public final class CheckpointConfig {
    /// Names for a hundred thousand classes take six megabytes.
    private static final long LARGEST = 16L << 20;

    private final Path file;
    private final JsonNode root;

    private CheckpointConfig(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /// @throws Problem when the file is missing or is not a JSON object with a `model_type`
    public static CheckpointConfig read(Path file) {
        RegularFile.require(file, LARGEST);
        JsonNode root = Json.tree(file);
        if (!root.path("model_type").isTextual()) {
            throw Problem.of("checkpoint.no-model-type", file);
        }
        return new CheckpointConfig(file, root);
    }

    public Path file() {
        return file;
    }

    /// `model_type`, for instance `bert`.
    public String modelType() {
        return root.get("model_type").textValue();
    }

    /// The class the checkpoint was saved from, for instance `BertForSequenceClassification`; empty when not written.
    public Optional<String> architecture() {
        JsonNode first = root.path("architectures").path(0);
        return first.isTextual() ? Optional.of(first.textValue()) : Optional.empty();
    }

    /// A positive whole number that is required.
    public int size(String field) {
        JsonNode value = root.path(field);
        if (!value.isInt() || value.intValue() <= 0) {
            throw invalid(field, Message.of("checkpoint.must-be-positive-whole-number"));
        }
        return value.intValue();
    }

    /// A positive whole number, `otherwise` when absent or null.
    public int size(String field, int otherwise) {
        return has(field) ? size(field) : otherwise;
    }

    /// A whole number, `otherwise` when absent or null.
    public int integer(String field, int otherwise) {
        JsonNode value = root.path(field);
        if (absent(value)) {
            return otherwise;
        }
        if (!value.isInt()) {
            throw invalid(field, Message.of("checkpoint.must-be-whole-number"));
        }
        return value.intValue();
    }

    /// A number, `otherwise` when absent or null.
    public double number(String field, double otherwise) {
        JsonNode value = root.path(field);
        if (absent(value)) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw invalid(field, Message.of("checkpoint.must-be-number"));
        }
        return value.doubleValue();
    }

    /// A number that is required.
    public double number(String field) {
        if (!has(field)) {
            throw invalid(field, Message.of("checkpoint.must-be-number"));
        }
        return number(field, 0);
    }

    /// A text, `otherwise` when absent or null.
    public String text(String field, String otherwise) {
        JsonNode value = root.path(field);
        if (absent(value)) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw invalid(field, Message.of("checkpoint.must-be-text"));
        }
        return value.textValue();
    }

    /// True or false, `otherwise` when absent or null.
    public boolean flag(String field, boolean otherwise) {
        JsonNode value = root.path(field);
        if (absent(value)) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw invalid(field, Message.of("checkpoint.must-be-flag"));
        }
        return value.booleanValue();
    }

    /// Whether there is no field at all.
    public boolean isEmpty() {
        return root.isEmpty();
    }

    /// Whether the field is there and not null.
    public boolean has(String field) {
        return !absent(root.path(field));
    }

    /// Whether the field is null. In transformers this differs from a missing field, which means the default.
    public boolean isNull(String field) {
        return root.path(field).isNull();
    }

    /// The object under a field, with errors that still name the file; empty when absent or null.
    public Optional<CheckpointConfig> nested(String field) {
        JsonNode value = root.path(field);
        if (absent(value)) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw invalid(field, Message.of("checkpoint.must-be-object"));
        }
        return Optional.of(new CheckpointConfig(file, value));
    }

    /// A list of texts; empty when absent or null.
    public List<String> texts(String field) {
        JsonNode value = root.path(field);
        if (absent(value)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        value.forEach(v -> {
            if (!v.isTextual()) {
                throw invalid(field, Message.of("checkpoint.must-be-texts"));
            }
            texts.add(v.textValue());
        });
        return List.copyOf(texts);
    }

    /// Refuses what is not implemented.
    ///
    /// @param what   the setting, with its value
    /// @param remedy a sentence
    public Problem unsupported(Message what, Message remedy) {
        return Problem.of("checkpoint.setting-not-supported", file, what, remedy);
    }

    /// Refuses a field whose value would change the numbers in a way that is not implemented.
    ///
    /// @throws Problem when the field is there with another value than `implemented`
    public void require(String field, String implemented) {
        require(field, implemented, Message.of("checkpoint.choose-another"));
    }

    /// As [#require(String, String)].
    ///
    /// @param implemented a text, number, `true` or `false`; empty if the field must not be set, and then an empty
    ///                    list or object is allowed too
    /// @param remedy      what to do
    public void require(String field, String implemented, Message remedy) {
        JsonNode value = root.path(field);
        if (!absent(value) && !is(value, implemented)) {
            throw Problem.of(
                    "checkpoint.value-not-supported",
                    file,
                    field,
                    shortened(value),
                    implemented.isEmpty() ? remedy : Message.of("checkpoint.only-value", field, implemented, remedy));
        }
    }

    private static boolean is(JsonNode value, String implemented) {
        if (value.isContainerNode()) {
            return value.isEmpty() && implemented.isEmpty();
        }
        return value.isNumber()
                ? implemented.matches("[0-9.]+") && value.doubleValue() == Double.parseDouble(implemented)
                : value.asText().equals(implemented);
    }

    /// Names of a classifier's classes, in the order of the logits.
    ///
    /// @param rows of the classifier
    /// @throws Problem when the file does not name that many classes
    public ClassNames classes(long rows) {
        return ClassNames.of(this, root, rows);
    }

    /// The class names in a language model's file. A language model has no classes.
    public ClassNames classesOfLanguageModel() {
        return ClassNames.ofLanguageModel(this, root);
    }

    /// The first field whose value differs in another object. Absent and null are equal, as are 1 and 1.0.
    ///
    /// @param asNames  other names of fields, by name
    /// @param defaults what an absent field means
    public Optional<String> firstDifference(
            CheckpointConfig other, Map<String, String> asNames, Map<String, String> defaults, Set<String> except) {
        Map<String, String> own = plain(asNames);
        Map<String, String> others = other.plain(asNames);
        Set<String> fields = new TreeSet<>(own.keySet());
        fields.addAll(others.keySet());
        fields.removeAll(except);
        return fields.stream()
                .filter(field -> {
                    String absent = defaults.getOrDefault(field, "");
                    return !own.getOrDefault(field, absent).equals(others.getOrDefault(field, absent));
                })
                .findFirst();
    }

    private Map<String, String> plain(Map<String, String> asNames) {
        Map<String, String> fields = new TreeMap<>();
        root.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!absent(value)) {
                fields.put(
                        asNames.getOrDefault(entry.getKey(), entry.getKey()),
                        value.isNumber() ? Double.toString(value.doubleValue()) : value.toString());
            }
        });
        return fields;
    }

    private Problem invalid(String field, Message expected) {
        JsonNode value = root.path(field);
        Message found = absent(value)
                ? Message.of("checkpoint.setting-missing")
                : Message.of("checkpoint.setting-is", shortened(value));
        return Problem.of("checkpoint.bad-setting", file, field, found, expected);
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
