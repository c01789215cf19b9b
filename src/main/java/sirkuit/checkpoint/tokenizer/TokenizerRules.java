package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;

/// How a class of transformers 5 sets the normalizer and the pre-tokenizer. Where the file has the kind that the class
/// builds, the class's settings count, written or by default, as in transformers 4 and 5. Where the file has another
/// kind, the file counts: transformers 5 replaces it, which is an error there (huggingface/transformers#45920).
final class TokenizerRules {
    private static final String NORMALIZER = "normalizer";
    private static final String PRE_TOKENIZER = "pre_tokenizer";
    private static final String MODEL = "model";
    private static final String METASPACE = "Metaspace";
    private static final String LEGACY = "legacy";
    private static final String BLANK = "\u2581";

    /// Of Qwen2.
    private static final String QWEN2_WORDS =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private final TokenizerKind kind;
    private final Function<String, @Nullable Boolean> said;
    private final String model;
    private final ObjectNode outline;
    private final String name;

    private final List<String> applied;
    private final List<String> warnings;

    /// @param said     a switch of `tokenizer_config.json`; null where it is not written
    /// @param model    type of the tokenizer's model
    /// @param outline  of `tokenizer.json`; changed
    /// @param applied  takes what is changed
    /// @param warnings takes what transformers would do otherwise
    TokenizerRules(
            TokenizerKind kind,
            Function<String, @Nullable Boolean> said,
            String model,
            ObjectNode outline,
            List<String> applied,
            List<String> warnings) {
        this.kind = kind;
        this.said = said;
        this.model = model;
        this.outline = outline;
        this.applied = applied;
        this.warnings = warnings;
        name = kind.className();
    }

    void apply() {
        if (!model.equals(kind.model())) {
            follow(MODEL, model + " where " + name + " has " + kind.model());
            return;
        }
        switch (kind) {
            case BERT, DISTILBERT -> bert();
            case ROBERTA, GPT2 -> byteLevel();
            case XLM_ROBERTA -> xlmRoberta();
            case LLAMA -> llama();
            case QWEN2 -> qwen2();
            case GEMMA -> gemma();
            case BACKEND, OTHER -> {}
        }
    }

    private void follow(String part, String difference) {
        warnings.add("Sirkuit follows the " + part + " of tokenizer.json (" + difference
                + "). transformers 5 replaces it by that of " + name + " and would give other tokens.");
    }

    private static String type(JsonNode node) {
        return node.isMissingNode() || node.isNull()
                ? "none"
                : node.path("type").asText("another");
    }

    private static boolean none(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private void bert() {
        JsonNode file = outline.path(NORMALIZER);
        boolean lower = orElse("do_lower_case", true);
        ObjectNode own = Json.MAPPER.createObjectNode();
        own.put("type", "BertNormalizer").put("clean_text", true);
        own.put("handle_chinese_chars", orElse("tokenize_chinese_chars", true));
        Boolean accents = said.apply("strip_accents");
        if (accents == null) {
            own.putNull("strip_accents");
        } else {
            own.put("strip_accents", accents);
        }
        own.put("lowercase", lower);
        if (none(file) || type(file).equals("BertNormalizer")) {
            told(file, own, "lowercase", "do_lower_case");
            told(file, own, "strip_accents", "strip_accents");
            told(file, own, "handle_chinese_chars", "tokenize_chinese_chars");
            if (!none(file) && !file.path("clean_text").asBoolean(true)) {
                applied.add("clean_text = true (as " + name + " always has it); tokenizer.json says false");
            }
            outline.set(NORMALIZER, own);
        } else {
            follow(NORMALIZER, type(file) + " where " + name + " has BertNormalizer");
        }
        JsonNode words = outline.path(PRE_TOKENIZER);
        if (none(words) || type(words).equals("BertPreTokenizer")) {
            outline.putObject(PRE_TOKENIZER).put("type", "BertPreTokenizer");
        } else {
            follow(PRE_TOKENIZER, type(words) + " where " + name + " has BertPreTokenizer");
        }
    }

    private boolean orElse(String field, boolean otherwise) {
        Boolean value = said.apply(field);
        return value == null ? otherwise : value;
    }

    private void told(JsonNode file, ObjectNode own, String field, String setting) {
        JsonNode before = file.path(field);
        JsonNode after = own.path(field);
        boolean unset = none(before) && after.isNull();
        if (!unset && !before.equals(after)) {
            applied.add(setting + " = " + after.asText("not set") + " ("
                    + (said.apply(setting) == null ? "the default of " + name : TokenizerSettings.CONFIG)
                    + "); tokenizer.json says "
                    + (before.isMissingNode() ? "nothing" : before.asText("null")));
        }
    }

    private void byteLevel() {
        JsonNode file = outline.path(PRE_TOKENIZER);
        boolean space = orElse("add_prefix_space", false);
        if (none(file)) {
            outline.putObject(PRE_TOKENIZER)
                    .put("type", "ByteLevel")
                    .put("add_prefix_space", space)
                    .put("trim_offsets", true)
                    .put("use_regex", true);
            applied.add("pre-tokenizer: ByteLevel of " + name + "; tokenizer.json has none");
        } else if (type(file).equals("ByteLevel")) {
            prefixSpace((ObjectNode) file, space);
            if (!file.path("use_regex").asBoolean(true)) {
                follow(PRE_TOKENIZER, "ByteLevel without use_regex");
            }
        } else {
            Boolean written = said.apply("add_prefix_space");
            JsonNode inside = find(file, "ByteLevel");
            if (written != null && inside instanceof ObjectNode bytes) {
                prefixSpace(bytes, written);
            }
            follow(PRE_TOKENIZER, type(file) + " where " + name + " has ByteLevel");
        }
        noNormalizer();
    }

    private void noNormalizer() {
        if (!none(outline.path(NORMALIZER))) {
            follow(NORMALIZER, type(outline.path(NORMALIZER)) + " where " + name + " has none");
        }
    }

    private void prefixSpace(ObjectNode bytes, boolean space) {
        boolean before = bytes.path("add_prefix_space").asBoolean(true);
        if (before != space) {
            applied.add("add_prefix_space = " + space + " ("
                    + (said.apply("add_prefix_space") == null ? "the default of " + name : TokenizerSettings.CONFIG)
                    + "); tokenizer.json says " + before);
        }
        bytes.put("add_prefix_space", space);
    }

    /// The node itself or one of its parts.
    private static @Nullable JsonNode find(JsonNode of, String type) {
        if (type(of).equals(type)) {
            return of;
        }
        for (JsonNode part : of.path("pretokenizers")) {
            JsonNode found = find(part, type);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void xlmRoberta() {
        JsonNode file = outline.path(PRE_TOKENIZER);
        JsonNode parts = file.path("pretokenizers");
        boolean own = parts.size() == 2
                && type(parts.path(0)).equals("WhitespaceSplit")
                && type(parts.path(1)).equals(METASPACE);
        Boolean written = said.apply("add_prefix_space");
        JsonNode blanks = find(file, METASPACE);
        if (blanks instanceof ObjectNode metaspace && (own || written != null)) {
            scheme(metaspace, written == null || written ? "always" : "never", because("add_prefix_space"));
            if (own && !metaspace.path("split").asBoolean(true)) {
                applied.add(
                        "split = true in " + METASPACE + " (as " + name + " always has it); tokenizer.json says false");
                metaspace.put("split", true);
            }
        }
        if (!own) {
            follow(PRE_TOKENIZER, type(file) + " where " + name + " has WhitespaceSplit and " + METASPACE);
        }
        JsonNode normal = outline.path(NORMALIZER);
        boolean plain = none(normal) || type(normal).equals("Precompiled");
        for (JsonNode part : normal.path("normalizers")) {
            // More blanks than one are one blank to WhitespaceSplit.
            plain = type(part).equals("Precompiled")
                    || (plain && type(part).equals("Replace") && part.toString().contains("\" {2,}\""));
            if (!plain) {
                break;
            }
        }
        if (!plain) {
            follow(NORMALIZER, type(normal) + " where " + name + " has Precompiled or none");
        }
        JsonNode unknown = outline.path(MODEL).path("unk_id");
        if (unknown.isInt() && unknown.intValue() != 3) {
            follow(MODEL, "unk_id = " + unknown + " where " + name + " has 3");
        }
    }

    private String because(String setting) {
        Boolean written = said.apply(setting);
        return written == null
                ? "the default of " + name
                : setting + " = " + written + " in " + TokenizerSettings.CONFIG;
    }

    private void scheme(ObjectNode metaspace, String scheme, String because) {
        String before = metaspace.path("prepend_scheme").isTextual()
                ? metaspace.path("prepend_scheme").textValue()
                : metaspace.path("add_prefix_space").asBoolean(true) ? "always" : "never";
        if (!before.equals(scheme)) {
            applied.add("space put before a text: " + scheme + " (" + because + "); tokenizer.json says " + before);
        }
        metaspace.remove("add_prefix_space");
        metaspace.put("prepend_scheme", scheme);
    }

    /// Two ways to write the same: a normalizer that puts a blank before a text and makes blanks visible, or Metaspace.
    private void llama() {
        JsonNode normal = outline.path(NORMALIZER);
        JsonNode words = outline.path(PRE_TOKENIZER);
        Boolean written = said.apply("add_prefix_space");
        boolean older = none(words) && visibleBlanks(normal);
        boolean newer = none(normal)
                && type(words).equals(METASPACE)
                && words.path("replacement").asText(BLANK).equals(BLANK)
                && !words.path("split").asBoolean(true);
        if (older) {
            if (written != null) {
                outline.set(NORMALIZER, prepended(normal, written));
            }
            if (written == null && !prepends(normal)) {
                follow(NORMALIZER, "without a blank before a text where " + name + " puts one");
            } else if (written == null || written) {
                warnings.add(beforeEvery());
            }
        } else if (newer) {
            boolean never = written != null && !written;
            boolean legacy = orElse(LEGACY, false);
            scheme(
                    (ObjectNode) words,
                    never ? "never" : legacy ? "always" : "first",
                    because(never || said.apply(LEGACY) == null ? "add_prefix_space" : LEGACY));
        } else {
            follow(
                    PRE_TOKENIZER,
                    type(words) + (none(normal) ? "" : ", normalizer " + type(normal)) + " where " + name + " has "
                            + METASPACE);
        }
    }

    private String beforeEvery() {
        return "tokenizer.json puts a space before every text, and Sirkuit does the same. LlamaTokenizer in transformers"
                + " 5 adds none before a text that starts with a space"
                + (orElse(LEGACY, false) ? "" : " or after a special token")
                + ", so such texts get other tokens there.";
    }

    private static boolean visibleBlanks(JsonNode normal) {
        if (isVisibleBlank(normal)) {
            return true;
        }
        JsonNode parts = normal.path("normalizers");
        return parts.size() == 1 && isVisibleBlank(parts.path(0))
                || parts.size() == 2 && type(parts.path(0)).equals("Prepend") && isVisibleBlank(parts.path(1));
    }

    private static boolean isVisibleBlank(JsonNode normal) {
        return type(normal).equals("Replace")
                && normal.path("pattern").path("String").asText().equals(" ")
                && normal.path("content").asText().equals(BLANK);
    }

    private static boolean prepends(JsonNode normal) {
        return type(normal.path("normalizers").path(0)).equals("Prepend");
    }

    private ObjectNode prepended(JsonNode normal, boolean space) {
        if (prepends(normal) != space) {
            applied.add("add_prefix_space = " + space + " (" + TokenizerSettings.CONFIG
                    + "); tokenizer.json says otherwise");
        }
        ObjectNode sequence = Json.MAPPER.createObjectNode().put("type", "Sequence");
        var parts = sequence.putArray("normalizers");
        if (space) {
            parts.addObject().put("type", "Prepend").put("prepend", BLANK);
        }
        ObjectNode replace = parts.addObject().put("type", "Replace");
        replace.putObject("pattern").put("String", " ");
        replace.put("content", BLANK);
        return sequence;
    }

    /// What the class has, whatever the file has: for folders that transformers 5 saved, whose numbers were made so.
    void applyAsTransformers5() {
        if (!type(outline.path(NORMALIZER)).equals("NFC") || !ownWords(outline.path(PRE_TOKENIZER))) {
            warnings.add("The folder was saved by transformers 5, which reads every such checkpoint with " + name
                    + ", whatever the folder names: Sirkuit does so too. The pre-tokenizer and normalizer of"
                    + " tokenizer.json are others.");
        }
        setQwen2(outline, orElse("add_prefix_space", false));
    }

    /// What Qwen2Tokenizer normalizes and cuts with.
    ///
    /// @param space whether a blank is put before a text
    static void setQwen2(ObjectNode outline, boolean space) {
        outline.putObject(NORMALIZER).put("type", "NFC");
        var parts = outline.putObject(PRE_TOKENIZER).put("type", "Sequence").putArray("pretokenizers");
        ObjectNode split = parts.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", QWEN2_WORDS);
        split.put("behavior", "Isolated").put("invert", false);
        parts.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", space)
                .put("trim_offsets", true)
                .put("use_regex", false);
    }

    private static boolean ownWords(JsonNode words) {
        JsonNode parts = words.path("pretokenizers");
        return parts.size() == 2
                && parts.path(0).path("pattern").path("Regex").asText().equals(QWEN2_WORDS)
                && type(parts.path(1)).equals("ByteLevel")
                && !parts.path(1).path("use_regex").asBoolean(true);
    }

    private void qwen2() {
        JsonNode words = outline.path(PRE_TOKENIZER);
        boolean own = ownWords(words);
        Boolean written = said.apply("add_prefix_space");
        if (find(words, "ByteLevel") instanceof ObjectNode bytes && (written != null || own)) {
            prefixSpace(bytes, written != null && written);
        }
        boolean normal = type(outline.path(NORMALIZER)).equals("NFC");
        if (!own || !normal) {
            follow(
                    own ? NORMALIZER : PRE_TOKENIZER,
                    (own ? type(outline.path(NORMALIZER)) : type(words)) + " where " + name + " has "
                            + (own ? "NFC" : "a Split and ByteLevel of its own"));
        }
    }

    private void gemma() {
        JsonNode words = outline.path(PRE_TOKENIZER);
        boolean split = type(words).equals("Split")
                && words.path("pattern").path("String").asText().equals(" ")
                && words.path("behavior").asText().equals("MergedWithPrevious")
                && !words.path("invert").asBoolean(false);
        boolean blanks = isVisibleBlank(outline.path(NORMALIZER));
        if (!split || !blanks) {
            follow(
                    split ? NORMALIZER : PRE_TOKENIZER,
                    (split ? type(outline.path(NORMALIZER)) : type(words)) + " where " + name + " has "
                            + (split ? "a Replace of blanks" : "a Split at blanks"));
        }
    }
}
