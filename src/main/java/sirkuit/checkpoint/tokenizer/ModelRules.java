package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;

/// How a class of transformers 5 sets its tokenizer's model: it takes only vocabulary and merges from the file. A field
/// that already has the right value stays as it is.
///
/// @param vocabulary tokens of the model
/// @param applied    receives what is changed; null when there is no file that says otherwise
record ModelRules(
        TokenizerKind kind,
        TokenizerSettings settings,
        Set<String> vocabulary,
        @Nullable List<Message> applied) {
    private static final String UNKNOWN = "unk_token";

    /// @param model   changed
    /// @param unknown the token for unknown words; empty for none
    void apply(ObjectNode model, String unknown) {
        switch (kind) {
            case BERT, DISTILBERT -> {
                set(model, UNKNOWN, TextNode.valueOf(unknown), NullNode.instance);
                set(model, "continuing_subword_prefix", TextNode.valueOf("##"), NullNode.instance);
                set(model, "max_input_chars_per_word", IntNode.valueOf(100), NullNode.instance);
            }
            case ROBERTA, GPT2, QWEN2 -> bytePairs(model, NullNode.instance, false);
            case LLAMA -> bytePairs(model, NullNode.instance, true);
            case GEMMA -> bytePairs(model, unknown.isEmpty() ? NullNode.instance : TextNode.valueOf(unknown), true);
            case XLM_ROBERTA -> set(model, "byte_fallback", BooleanNode.FALSE, BooleanNode.FALSE);
            case BACKEND, OTHER -> {}
        }
    }

    /// @param bytes whether unknown characters are split into bytes, and the rest becomes one token
    private void bytePairs(ObjectNode model, JsonNode unknown, boolean bytes) {
        if (!bytes || !vocabulary.containsAll(allBytes())) { // with all bytes in the vocabulary, nothing is unknown
            set(model, UNKNOWN, unknown, NullNode.instance);
        }
        set(model, "continuing_subword_prefix", NullNode.instance, NullNode.instance);
        set(model, "end_of_word_suffix", NullNode.instance, NullNode.instance);
        set(model, "fuse_unk", BooleanNode.valueOf(bytes), BooleanNode.FALSE);
        set(model, "byte_fallback", BooleanNode.valueOf(bytes), BooleanNode.FALSE);
        set(model, "ignore_merges", BooleanNode.FALSE, BooleanNode.FALSE);
    }

    private static List<String> allBytes() {
        return IntStream.range(0, 256)
                .mapToObj(b -> String.format(Locale.ROOT, "<0x%02X>", b))
                .toList();
    }

    /// @param unwritten what a missing field means
    private void set(ObjectNode model, String field, JsonNode value, JsonNode unwritten) {
        JsonNode before = model.path(field);
        if (before.isMissingNode() || before.isNull() || before.asText("").isEmpty()) {
            before = unwritten;
        }
        if (before.equals(value)) {
            return;
        }
        model.set(field, value);
        if (applied != null) {
            boolean written = field.equals(UNKNOWN) && settings.has(UNKNOWN) && !value.isNull();
            applied.add(Message.of(
                    "checkpoint.tokenizer.set",
                    field,
                    shown(value),
                    written ? settings.file(UNKNOWN) : Message.of("checkpoint.tokenizer.always", kind.className()),
                    shown(before)));
        }
    }

    private static Object shown(JsonNode value) {
        return value.isNull() ? Message.of("checkpoint.tokenizer.nothing") : value.asText();
    }
}
