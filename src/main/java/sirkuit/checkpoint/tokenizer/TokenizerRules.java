package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Message;

/// How a class of transformers 5 sets the normalizer and the pre-tokenizer. If the file has the kind that the class
/// builds, the class's settings count, written or default, as in transformers 4 and 5. If the file has another kind,
/// the file counts: transformers 5 replaces it, which is a bug there (huggingface/transformers#45920).
final class TokenizerRules {
    private static final String NORMALIZER = "normalizer";
    private static final String PRE_TOKENIZER = "pre_tokenizer";
    private static final String MODEL = "model";
    private static final String METASPACE = "Metaspace";
    private static final String LEGACY = "legacy";
    private static final String BLANK = "\u2581";

    /// The pattern of Qwen2.
    private static final String QWEN2_WORDS =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private final TokenizerKind kind;
    private final Function<String, @Nullable Boolean> said;
    private final String model;
    private final ObjectNode outline;
    private final String name;

    private final RuleNotes notes;

    /// @param said     a flag of `tokenizer_config.json`; null if it is not written
    /// @param model    type of the tokenizer's model
    /// @param outline  of `tokenizer.json`; changed
    /// @param applied  receives what is changed
    /// @param warnings receives what transformers would do differently
    TokenizerRules(
            TokenizerKind kind,
            Function<String, @Nullable Boolean> said,
            String model,
            ObjectNode outline,
            List<Message> applied,
            List<Message> warnings) {
        this.kind = kind;
        this.said = said;
        this.model = model;
        this.outline = outline;
        name = kind.className();
        notes = new RuleNotes(name, applied, warnings);
    }

    void apply() {
        if (!model.equals(kind.model())) {
            notes.follow(MODEL, notes.where(model, kind.model()));
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
        if (RuleNotes.none(file) || RuleNotes.type(file).equals("BertNormalizer")) {
            noteSetting(file, own, "lowercase", "do_lower_case");
            noteSetting(file, own, "strip_accents", "strip_accents");
            noteSetting(file, own, "handle_chinese_chars", "tokenize_chinese_chars");
            if (!RuleNotes.none(file) && !file.path("clean_text").asBoolean(true)) {
                notes.set("clean_text", true, notes.always(), false);
            }
            outline.set(NORMALIZER, own);
        } else {
            notes.follow(NORMALIZER, notes.where(RuleNotes.shown(file), "BertNormalizer"));
        }
        JsonNode words = outline.path(PRE_TOKENIZER);
        if (RuleNotes.none(words) || RuleNotes.type(words).equals("BertPreTokenizer")) {
            outline.putObject(PRE_TOKENIZER).put("type", "BertPreTokenizer");
        } else {
            notes.follow(PRE_TOKENIZER, notes.where(RuleNotes.shown(words), "BertPreTokenizer"));
        }
    }

    private boolean orElse(String field, boolean otherwise) {
        Boolean value = said.apply(field);
        return value == null ? otherwise : value;
    }

    private void noteSetting(JsonNode file, ObjectNode own, String field, String setting) {
        JsonNode before = file.path(field);
        JsonNode after = own.path(field);
        boolean unset = RuleNotes.none(before) && after.isNull();
        if (!unset && !before.equals(after)) {
            notes.set(
                    setting,
                    after.isNull() ? Message.of("checkpoint.tokenizer.not-set") : after.asText(),
                    said.apply(setting) == null ? notes.byDefault() : TokenizerSettings.CONFIG,
                    before.isMissingNode() ? Message.of("checkpoint.tokenizer.nothing") : before.asText("null"));
        }
    }

    private void byteLevel() {
        JsonNode file = outline.path(PRE_TOKENIZER);
        boolean space = orElse("add_prefix_space", false);
        if (RuleNotes.none(file)) {
            outline.putObject(PRE_TOKENIZER)
                    .put("type", "ByteLevel")
                    .put("add_prefix_space", space)
                    .put("trim_offsets", true)
                    .put("use_regex", true);
            notes.apply(Message.of("checkpoint.tokenizer.byte-level", name));
        } else if (RuleNotes.type(file).equals("ByteLevel")) {
            prefixSpace((ObjectNode) file, space);
            if (!file.path("use_regex").asBoolean(true)) {
                notes.follow(PRE_TOKENIZER, Message.of("checkpoint.tokenizer.without", "ByteLevel", "use_regex"));
            }
        } else {
            Boolean written = said.apply("add_prefix_space");
            JsonNode inside = find(file, "ByteLevel");
            if (written != null && inside instanceof ObjectNode bytes) {
                prefixSpace(bytes, written);
            }
            notes.follow(PRE_TOKENIZER, notes.where(RuleNotes.shown(file), "ByteLevel"));
        }
        noNormalizer();
    }

    private void noNormalizer() {
        if (!RuleNotes.none(outline.path(NORMALIZER))) {
            notes.follow(NORMALIZER, notes.where(RuleNotes.shown(outline.path(NORMALIZER)), RuleNotes.nothing()));
        }
    }

    private void prefixSpace(ObjectNode bytes, boolean space) {
        boolean before = bytes.path("add_prefix_space").asBoolean(true);
        if (before != space) {
            notes.set(
                    "add_prefix_space",
                    space,
                    said.apply("add_prefix_space") == null ? notes.byDefault() : TokenizerSettings.CONFIG,
                    before);
        }
        bytes.put("add_prefix_space", space);
    }

    /// The node itself or one of its parts.
    private static @Nullable JsonNode find(JsonNode of, String type) {
        if (RuleNotes.type(of).equals(type)) {
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
                && RuleNotes.type(parts.path(0)).equals("WhitespaceSplit")
                && RuleNotes.type(parts.path(1)).equals(METASPACE);
        Boolean written = said.apply("add_prefix_space");
        JsonNode blanks = find(file, METASPACE);
        if (blanks instanceof ObjectNode metaspace && (own || written != null)) {
            scheme(metaspace, written == null || written ? "always" : "never", because("add_prefix_space"));
            if (own && !metaspace.path("split").asBoolean(true)) {
                notes.set("split", Message.of("checkpoint.tokenizer.in", true, METASPACE), notes.always(), false);
                metaspace.put("split", true);
            }
        }
        if (!own) {
            notes.follow(
                    PRE_TOKENIZER,
                    notes.where(RuleNotes.shown(file), Message.of("ground.and", "WhitespaceSplit", METASPACE)));
        }
        JsonNode normal = outline.path(NORMALIZER);
        boolean plain = RuleNotes.none(normal) || RuleNotes.type(normal).equals("Precompiled");
        for (JsonNode part : normal.path("normalizers")) {
            // WhitespaceSplit treats several spaces as one.
            plain = RuleNotes.type(part).equals("Precompiled")
                    || (plain
                            && RuleNotes.type(part).equals("Replace")
                            && part.toString().contains("\" {2,}\""));
            if (!plain) {
                break;
            }
        }
        if (!plain) {
            notes.follow(
                    NORMALIZER,
                    notes.where(RuleNotes.shown(normal), Message.of("ground.or", "Precompiled", RuleNotes.nothing())));
        }
        JsonNode unknown = outline.path(MODEL).path("unk_id");
        if (unknown.isInt() && unknown.intValue() != 3) {
            notes.follow(MODEL, notes.where("unk_id = " + unknown, 3));
        }
    }

    private Message because(String setting) {
        Boolean written = said.apply(setting);
        return written == null
                ? notes.byDefault()
                : Message.of("checkpoint.tokenizer.in", setting + " = " + written, TokenizerSettings.CONFIG);
    }

    private void scheme(ObjectNode metaspace, String scheme, Message because) {
        String before = metaspace.path("prepend_scheme").isTextual()
                ? metaspace.path("prepend_scheme").textValue()
                : metaspace.path("add_prefix_space").asBoolean(true) ? "always" : "never";
        if (!before.equals(scheme)) {
            notes.apply(Message.of("checkpoint.tokenizer.space-scheme", scheme, because, before));
        }
        metaspace.remove("add_prefix_space");
        metaspace.put("prepend_scheme", scheme);
    }

    /// Handles the two equivalent forms: a normalizer that puts a space before a text and makes spaces visible, or
    /// Metaspace.
    private void llama() {
        JsonNode normal = outline.path(NORMALIZER);
        JsonNode words = outline.path(PRE_TOKENIZER);
        Boolean written = said.apply("add_prefix_space");
        boolean older = RuleNotes.none(words) && visibleBlanks(normal);
        boolean newer = RuleNotes.none(normal)
                && RuleNotes.type(words).equals(METASPACE)
                && words.path("replacement").asText(BLANK).equals(BLANK)
                && !words.path("split").asBoolean(true);
        if (older) {
            if (written != null) {
                outline.set(NORMALIZER, prepended(normal, written));
            }
            if (written == null && !prepends(normal)) {
                notes.follow(NORMALIZER, Message.of("checkpoint.tokenizer.without-space", name));
            } else if (written == null || written) {
                notes.warn(beforeEvery());
            }
        } else if (newer) {
            boolean never = written != null && !written;
            boolean legacy = orElse(LEGACY, false);
            scheme(
                    (ObjectNode) words,
                    never ? "never" : legacy ? "always" : "first",
                    because(never || said.apply(LEGACY) == null ? "add_prefix_space" : LEGACY));
        } else {
            Object there = RuleNotes.none(normal)
                    ? RuleNotes.shown(words)
                    : Message.of(
                            "checkpoint.tokenizer.with-normalizer", RuleNotes.shown(words), RuleNotes.shown(normal));
            notes.follow(PRE_TOKENIZER, notes.where(there, METASPACE));
        }
    }

    private Message beforeEvery() {
        return Message.of(
                orElse(LEGACY, false)
                        ? "checkpoint.tokenizer.space-before-text"
                        : "checkpoint.tokenizer.space-before-text-or-special");
    }

    private static boolean visibleBlanks(JsonNode normal) {
        if (isVisibleBlank(normal)) {
            return true;
        }
        JsonNode parts = normal.path("normalizers");
        return parts.size() == 1 && isVisibleBlank(parts.path(0))
                || parts.size() == 2
                        && RuleNotes.type(parts.path(0)).equals("Prepend")
                        && isVisibleBlank(parts.path(1));
    }

    private static boolean isVisibleBlank(JsonNode normal) {
        return RuleNotes.type(normal).equals("Replace")
                && normal.path("pattern").path("String").asText().equals(" ")
                && normal.path("content").asText().equals(BLANK);
    }

    private static boolean prepends(JsonNode normal) {
        return RuleNotes.type(normal.path("normalizers").path(0)).equals("Prepend");
    }

    private ObjectNode prepended(JsonNode normal, boolean space) {
        if (prepends(normal) != space) {
            notes.set(
                    "add_prefix_space", space, TokenizerSettings.CONFIG, Message.of("checkpoint.tokenizer.otherwise"));
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

    /// Applies the class's own rules, whatever the file has: for folders that transformers 5 saved, whose numbers
    /// were made this way.
    void applyAsTransformers5() {
        if (!RuleNotes.type(outline.path(NORMALIZER)).equals("NFC") || !ownWords(outline.path(PRE_TOKENIZER))) {
            notes.warn(Message.of("checkpoint.tokenizer.saved-by-5", name));
        }
        setQwen2(outline, orElse("add_prefix_space", false));
    }

    /// Sets the normalizer and pre-tokenizer of Qwen2Tokenizer.
    ///
    /// @param space whether a space is put before a text
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
                && RuleNotes.type(parts.path(1)).equals("ByteLevel")
                && !parts.path(1).path("use_regex").asBoolean(true);
    }

    private void qwen2() {
        JsonNode words = outline.path(PRE_TOKENIZER);
        boolean own = ownWords(words);
        Boolean written = said.apply("add_prefix_space");
        if (find(words, "ByteLevel") instanceof ObjectNode bytes && (written != null || own)) {
            prefixSpace(bytes, written != null && written);
        }
        boolean normal = RuleNotes.type(outline.path(NORMALIZER)).equals("NFC");
        if (!own || !normal) {
            notes.follow(
                    own ? NORMALIZER : PRE_TOKENIZER,
                    own
                            ? notes.where(RuleNotes.shown(outline.path(NORMALIZER)), "NFC")
                            : notes.where(RuleNotes.shown(words), Message.of("checkpoint.tokenizer.own-split")));
        }
    }

    private void gemma() {
        JsonNode words = outline.path(PRE_TOKENIZER);
        boolean split = RuleNotes.type(words).equals("Split")
                && words.path("pattern").path("String").asText().equals(" ")
                && words.path("behavior").asText().equals("MergedWithPrevious")
                && !words.path("invert").asBoolean(false);
        boolean blanks = isVisibleBlank(outline.path(NORMALIZER));
        if (!split || !blanks) {
            notes.follow(
                    split ? NORMALIZER : PRE_TOKENIZER,
                    split
                            ? notes.where(
                                    RuleNotes.shown(outline.path(NORMALIZER)),
                                    Message.of("checkpoint.tokenizer.replaced-blanks"))
                            : notes.where(RuleNotes.shown(words), Message.of("checkpoint.tokenizer.split-at-blanks")));
        }
    }
}
