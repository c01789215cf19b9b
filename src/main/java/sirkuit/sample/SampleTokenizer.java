package sirkuit.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sirkuit.AtomicFile;
import sirkuit.Json;

/// A WordPiece tokenizer whose vocabulary is the grammar's words. Other words are split into letters.
///
/// @param vocabulary in the order of the ids, special tokens first
/// @param framed     whether a text is framed by `[CLS]` and `[SEP]`
record SampleTokenizer(List<String> vocabulary, boolean framed) {
    static final int PAD = 0;
    static final int UNKNOWN = 1;
    static final int FIRST = 2;
    static final int SEPARATOR = 3;
    static final int MASK = 4;
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    /// Ids below are special tokens.
    static final int SPECIAL_TOKENS = SPECIAL.size();

    static SampleTokenizer of(List<String> words, boolean framed) {
        List<String> vocabulary = new ArrayList<>(SPECIAL);
        vocabulary.addAll(List.of(".", ",", "?", "!", ":"));
        for (char letter = 'a'; letter <= 'z'; letter++) {
            vocabulary.add(String.valueOf(letter));
            vocabulary.add("##" + letter);
        }
        words.stream().filter(w -> !vocabulary.contains(w)).forEach(vocabulary::add);
        return new SampleTokenizer(List.copyOf(vocabulary), framed);
    }

    int size() {
        return vocabulary.size();
    }

    void write(Path folder) {
        AtomicFile.write(folder.resolve("tokenizer.json"), Json.pretty(json()));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("tokenizer_class", framed ? "BertTokenizerFast" : "PreTrainedTokenizerFast");
        settings.put("do_lower_case", true);
        settings.put("model_max_length", 64);
        settings.put("pad_token", "[PAD]");
        settings.put("unk_token", "[UNK]");
        if (framed) {
            settings.put("cls_token", "[CLS]");
            settings.put("sep_token", "[SEP]");
            settings.put("mask_token", "[MASK]");
        } else {
            settings.put("bos_token", "[CLS]");
            settings.put("eos_token", "[SEP]");
        }
        AtomicFile.write(folder.resolve("tokenizer_config.json"), Json.pretty(settings));
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", "1.0");
        json.put("truncation", null);
        json.put("padding", null);
        json.put(
                "added_tokens",
                IntStream.range(0, SPECIAL.size())
                        .mapToObj(SampleTokenizer::added)
                        .toList());
        json.put(
                "normalizer",
                ordered(
                        "type", "BertNormalizer",
                        "clean_text", true,
                        "handle_chinese_chars", true,
                        "strip_accents", null,
                        "lowercase", true));
        json.put("pre_tokenizer", ordered("type", "BertPreTokenizer"));
        json.put("post_processor", processor());
        json.put("decoder", ordered("type", "WordPiece", "prefix", "##", "cleanup", true));
        Map<String, Object> ids = new LinkedHashMap<>();
        vocabulary.forEach(word -> ids.put(word, ids.size()));
        json.put(
                "model",
                ordered(
                        "type", "WordPiece",
                        "unk_token", "[UNK]",
                        "continuing_subword_prefix", "##",
                        "max_input_chars_per_word", 100,
                        "vocab", ids));
        return json;
    }

    private static Map<String, Object> added(int id) {
        return ordered(
                "id", id,
                "content", SPECIAL.get(id),
                "single_word", false,
                "lstrip", false,
                "rstrip", false,
                "normalized", false,
                "special", true);
    }

    private Map<String, Object> processor() {
        Map<String, Object> special = new LinkedHashMap<>();
        special.put("[CLS]", ordered("id", "[CLS]", "ids", List.of(FIRST), "tokens", List.of("[CLS]")));
        special.put("[SEP]", ordered("id", "[SEP]", "ids", List.of(SEPARATOR), "tokens", List.of("[SEP]")));
        List<Object> single = framed
                ? List.of(token("[CLS]", 0), sequence("A", 0), token("[SEP]", 0))
                : List.of(token("[CLS]", 0), sequence("A", 0));
        List<Object> pair = new ArrayList<>(single);
        pair.add(sequence("B", 1));
        if (framed) {
            pair.add(token("[SEP]", 1));
        }
        return ordered("type", "TemplateProcessing", "single", single, "pair", pair, "special_tokens", special);
    }

    private static Object token(String name, int type) {
        return ordered("SpecialToken", ordered("id", name, "type_id", type));
    }

    private static Object sequence(String name, int type) {
        return ordered("Sequence", ordered("id", name, "type_id", type));
    }

    private static Map<String, Object> ordered(@org.jspecify.annotations.Nullable Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
