package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import sirkuit.Message;

/// What is said about the rules of a class of tokenizers and the `tokenizer.json` that they are applied to.
///
/// @param name     of the class
/// @param applied  takes what is changed
/// @param warnings takes what transformers would do otherwise
record RuleNotes(String name, List<Message> applied, List<Message> warnings) {
    void apply(Message what) {
        applied.add(what);
    }

    void warn(Message what) {
        warnings.add(what);
    }

    /// A part of the file is followed although the class has another one.
    void follow(String part, Message difference) {
        warnings.add(Message.of("checkpoint.tokenizer.follows-file", part, difference, name));
    }

    /// @param there what tokenizer.json has
    /// @param own   what the class has
    Message where(Object there, Object own) {
        return Message.of("checkpoint.tokenizer.where", there, name, own);
    }

    /// A setting is changed.
    ///
    /// @param because who says so
    /// @param before  what tokenizer.json says
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
