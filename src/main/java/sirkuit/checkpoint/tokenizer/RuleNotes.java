package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import sirkuit.Message;

/// Notes about the rules of a tokenizer class and the `tokenizer.json` that they are applied to.
///
/// @param name     of the class
/// @param applied  receives what is changed
/// @param warnings receives what transformers would do differently
record RuleNotes(String name, List<Message> applied, List<Message> warnings) {
    void apply(Message what) {
        applied.add(what);
    }

    void warn(Message what) {
        warnings.add(what);
    }

    /// Notes that a part of the file is used, although the class has another one.
    void follow(String part, Message difference) {
        warnings.add(Message.of("checkpoint.tokenizer.follows-file", part, difference, name));
    }

    /// @param there what tokenizer.json has
    /// @param own   what the class has
    Message where(Object there, Object own) {
        return Message.of("checkpoint.tokenizer.where", there, name, own);
    }

    /// Notes that a setting is changed.
    ///
    /// @param because where the value comes from
    /// @param before  the value in tokenizer.json
    void set(String setting, Object value, Object because, Object before) {
        applied.add(Message.of("checkpoint.tokenizer.set", setting, value, because, before));
    }

    Message always() {
        return Message.of("checkpoint.tokenizer.always", name);
    }

    Message byDefault() {
        return Message.of("checkpoint.tokenizer.default", name);
    }

    static Message nothing() {
        return Message.of("checkpoint.tokenizer.none");
    }

    static boolean none(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static String type(JsonNode node) {
        return none(node) ? "none" : node.path("type").asText("another");
    }

    /// The type as it is shown.
    static Object shown(JsonNode node) {
        if (none(node)) {
            return nothing();
        }
        return node.path("type").isTextual() ? type(node) : Message.of("checkpoint.tokenizer.another");
    }
}
