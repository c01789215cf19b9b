package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.checkpoint.CheckpointConfig;

/// Implements `fix_mistral_regex` of `tokenizer_config.json`. With it, transformers 5 splits words of large
/// vocabularies differently than the file says, for folders that earlier versions wrote.
///
/// @see <a href="https://huggingface.co/mistralai/Mistral-Small-3.1-24B-Instruct-2503/discussions/84">why</a>
final class MistralRegex {
    private static final String WORDS =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final int LARGE = 100_000;
    private static final Set<String> MISTRAL = Set.of("mistral", "mistral3", "voxtral", "ministral", "pixtral");

    private MistralRegex() {}

    static void apply(
            TokenizerSettings settings,
            CheckpointConfig config,
            int vocabulary,
            ObjectNode outline,
            List<Message> applied) {
        String version = config.text("transformers_version", "");
        boolean old = version.isEmpty() || version.matches("[0-4]\\..*") && MISTRAL.contains(config.modelType());
        boolean wanted = settings.merged().path("fix_mistral_regex").asBoolean(false);
        JsonNode words = outline.path("pre_tokenizer");
        if (!wanted || !old || vocabulary <= LARGE || words.isMissingNode() || words.isNull()) {
            return;
        }
        ObjectNode split = Json.MAPPER.createObjectNode().put("type", "Split");
        split.putObject("pattern").put("Regex", WORDS);
        split.put("behavior", "Isolated").put("invert", false);
        if (words.path("pretokenizers") instanceof ArrayNode parts && !parts.isEmpty()) {
            parts.set(0, split);
        } else {
            ObjectNode second = (ObjectNode) words;
            if (words.path("type").asText().equals("Metaspace")) {
                second = Json.MAPPER
                        .createObjectNode()
                        .put("type", "ByteLevel")
                        .put("add_prefix_space", false)
                        .put("trim_offsets", true)
                        .put("use_regex", false);
            }
            ObjectNode sequence = Json.MAPPER.createObjectNode().put("type", "Sequence");
            sequence.putArray("pretokenizers").add(split).add(second);
            outline.set("pre_tokenizer", sequence);
        }
        applied.add(Message.of(
                "checkpoint.tokenizer.set-here", "fix_mistral_regex", true, settings.file("fix_mistral_regex")));
    }
}
