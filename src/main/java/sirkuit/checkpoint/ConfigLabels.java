package sirkuit.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sirkuit.CommaList;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.ShellWord;

/// The names of the classes in a config.json: `id2label`, and `label2id`, which should agree with it.
public final class ConfigLabels {
    private ConfigLabels() {}

    /// A note if the two do not agree; null if they do.
    public static @Nullable Message doubt(CheckpointConfig config) {
        JsonNode root = Json.tree(config.file());
        Map<Integer, String> byName = new TreeMap<>();
        root.path("label2id").properties().forEach(e -> {
            if (e.getValue().isInt()) {
                byName.put(e.getValue().intValue(), e.getKey());
            }
        });
        JsonNode byNumber = root.path("id2label");
        if (!byNumber.isObject() || byNumber.isEmpty()) {
            // transformers ignores label2id alone
            boolean named = byName.values().stream().anyMatch(n -> !n.matches("(?i)label_\\d+"));
            return named
                    ? Message.of(
                            "checkpoint.label2id-only",
                            config.file(),
                            listed(byName),
                            ShellWord.of(CommaList.joined(List.copyOf(byName.values()))))
                    : null;
        }
        List<Message> against = new ArrayList<>();
        byNumber.properties().forEach(e -> {
            String name = e.getValue().asText();
            byName.forEach((id, other) -> {
                if (key(other).equals(key(name)) && !e.getKey().equals(Integer.toString(id))) {
                    against.add(Message.of("checkpoint.label-in-two-places", name, e.getKey(), id));
                }
            });
        });
        return against.isEmpty()
                ? null
                : Message.of(
                        "checkpoint.labels-contradict", config.file(), Message.joined("ground.semicolon", against));
    }

    /// Whether two files differ only in the names of the classes.
    public static boolean differOnlyInNames(CheckpointConfig one, CheckpointConfig other) {
        return nameless(one).equals(nameless(other));
    }

    private static JsonNode nameless(CheckpointConfig config) {
        ObjectNode root = (ObjectNode) Json.tree(config.file());
        return root.without(List.of("id2label", "label2id", "num_labels"));
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static String listed(Map<Integer, String> names) {
        List<String> parts = new ArrayList<>();
        names.forEach((id, name) -> parts.add(id + " " + name));
        return String.join(", ", parts);
    }

    /// The config.json with other names, in both fields. Everything else stays.
    ///
    /// @param names in the order of the logits
    public static String renamed(CheckpointConfig config, List<String> names) {
        ObjectNode root = (ObjectNode) Json.tree(config.file());
        name(root, names);
        return Json.pretty(root);
    }

    /// The config.json of a classifier that is made from another model.
    ///
    /// @param architecture its class in transformers
    /// @param names        of its classes, in the order of the logits
    /// @param lastToken    whether it reads the last token of a text. transformers needs to know which token fills
    ///                     up a text to find that one. Where the file does not say, it is the token that ends a
    ///                     text.
    public static String ofClassifier(
            CheckpointConfig config, String architecture, List<String> names, boolean lastToken) {
        ObjectNode root = (ObjectNode) Json.tree(config.file());
        root.putArray("architectures").add(architecture);
        name(root, names);
        root.put("problem_type", "single_label_classification");
        JsonNode end = root.path("eos_token_id");
        JsonNode first = end.isArray() ? end.path(0) : end;
        if (lastToken && !root.path("pad_token_id").isInt() && first.isInt()) {
            root.set("pad_token_id", first);
        }
        return Json.pretty(root);
    }

    private static void name(ObjectNode root, List<String> names) {
        ObjectNode byNumber = Json.MAPPER.createObjectNode();
        ObjectNode byName = Json.MAPPER.createObjectNode();
        for (int i = 0; i < names.size(); i++) {
            byNumber.put(Integer.toString(i), names.get(i));
            byName.put(names.get(i), i);
        }
        root.set("id2label", byNumber);
        root.set("label2id", byName);
        if (root.has("num_labels")) {
            root.put("num_labels", names.size()); // if it contradicts the names, transformers drops them
        }
    }
}
