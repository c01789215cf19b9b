package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.checkpoint.tokenizer.file.TokenizerFile;
import sirkuit.checkpoint.tokenizer.file.UnknownWord;

/// Makes a [TokenizerPlan] from the files of a folder.
final class TokenizerPlanner {
    /// A class name that only transformers 5 writes.
    private static final String SAVED_BY_5 = "TokenizersBackend";

    private final Path folder;
    private final String family;
    private final CheckpointConfig config;
    private final TokenizerSettings settings;
    private final TokenizerKind kind;
    private final String className;
    private final boolean inSettings;
    private final TokenizerFile source;
    private final boolean built;
    private final boolean asItIs;
    private final ObjectNode outline;
    private final FolderTokens tokens;
    private final List<Message> applied = new ArrayList<>();
    private final List<Message> warnings = new ArrayList<>();

    TokenizerPlanner(Checkpoint checkpoint, boolean asItIs) {
        folder = checkpoint.folder();
        config = checkpoint.config();
        family = config.modelType();
        settings = TokenizerSettings.read(folder);
        String said = settings.text("tokenizer_class");
        String written = said != null ? said : textOf(config, "tokenizer_class");
        className = written == null ? "" : written;
        inSettings = said != null;
        requireReadable(written);
        Path file = folder.resolve(TokenizerPlan.FILE);
        built = !RegularFile.isThere(file);
        this.asItIs = asItIs && !built;
        kind = this.asItIs ? TokenizerKind.BACKEND : TokenizerKind.of(family, written);
        source = built ? new VocabularyFiles(folder, checkpoint, kind).tokenizer() : TokenizerFile.read(file);
        outline = source.outline();
        tokens = new FolderTokens(folder, settings, kind, outline, source.vocabulary());
    }

    private static @Nullable String textOf(CheckpointConfig config, String field) {
        return config.has(field) ? config.text(field, "") : null;
    }

    private void requireReadable(@Nullable String written) {
        if (written != null && TokenizerKind.isPython(written)) {
            throw Problem.of(
                    "checkpoint.tokenizer.python-tokenizer",
                    folder.resolve(inSettings ? TokenizerSettings.CONFIG : "config.json"),
                    written);
        }
        JsonNode several = settings.merged().path("fast_tokenizer_files");
        for (JsonNode name : several) {
            if (!name.asText().equals(TokenizerPlan.FILE)) {
                throw Problem.of(
                        "checkpoint.tokenizer.several-files", folder.resolve(TokenizerSettings.CONFIG), name.asText());
            }
        }
    }

    TokenizerPlan plan() {
        tokens.add();
        if (!built) {
            tokens.tell(applied, warnings);
        }
        if (kind.rebuilt()) {
            TokenizerRules rules = new TokenizerRules(kind, this::said, source.modelType(), outline, applied, warnings);
            if (kind == TokenizerKind.QWEN2
                    && className.equals(SAVED_BY_5)
                    && source.modelType().equals("BPE")) {
                rules.applyAsTransformers5();
            } else {
                rules.apply();
            }
            postProcessor();
        } else if (kind == TokenizerKind.OTHER) {
            warnings.add(Message.of(
                    "checkpoint.tokenizer.other-class",
                    folder.resolve(inSettings ? settings.file("tokenizer_class") : "config.json"),
                    className));
        }
        if (built) {
            beginAndEnd();
        }
        model();
        MistralRegex.apply(settings, config, source.vocabulary().size(), outline, applied);
        notes();
        // Truncation and padding are done in Java. A stride that is too long would end the process.
        outline.putNull("padding");
        JsonNode truncation = outline.path("truncation");
        boolean left = side(truncation);
        outline.putNull("truncation");
        boolean split = Boolean.TRUE.equals(settings.flag(folder, "split_special_tokens"));
        if (split) {
            if (!tokens.added().canSplitSpecials()) {
                throw Problem.of(
                        "checkpoint.tokenizer.split-special-tokens",
                        folder.resolve(settings.file("split_special_tokens")));
            }
            applied.add(Message.of(
                    "checkpoint.tokenizer.set-here",
                    "split_special_tokens",
                    true,
                    settings.file("split_special_tokens")));
        }
        outline.set("added_tokens", tokens.added().json(split));
        String json = source.with(outline);
        boolean types = types();
        UnknownWord.require(source.file(), outline, source.vocabulary());
        String unknown = Objects.requireNonNullElse(TokenizerFile.unknownWord(outline, source.vocabulary()), "");
        return new TokenizerPlan(
                source.file(),
                json,
                left,
                types,
                unknown.isEmpty() ? -1 : tokens.added().id(unknown),
                unknown,
                tokens.added().ids(split),
                tokens.added().size(),
                digest(json, left, types),
                List.copyOf(applied),
                List.copyOf(warnings));
    }

    private @Nullable Boolean said(String field) {
        return settings.flag(folder, field);
    }

    /// Encoder classes put their own special tokens around the texts.
    private void postProcessor() {
        ObjectNode own = Templates.of(kind, tokens::content, tokens::id);
        if (own == null) {
            return;
        }
        JsonNode written = outline.path("post_processor");
        if (!built && !written.isNull() && !written.isMissingNode() && !Templates.same(written, own)) {
            warnings.add(Message.of("checkpoint.tokenizer.other-post-processor", kind.className()));
        } else if (!built && !Templates.same(written, own)) {
            applied.add(Message.of("checkpoint.tokenizer.no-post-processor", kind.className()));
        }
        outline.set("post_processor", own);
    }

    /// With a tokenizer.json, transformers 5 ignores `add_bos_token` and `add_eos_token`. Without one, they decide
    /// which tokens are put around a text.
    private void beginAndEnd() {
        boolean bos = Boolean.TRUE.equals(said("add_bos_token")) && tokens.has("bos");
        boolean eos = Boolean.TRUE.equals(said("add_eos_token")) && tokens.has("eos");
        if (!outline.has("post_processor")) {
            outline.set(
                    "post_processor",
                    Templates.around(
                            bos ? tokens.content("bos") : null,
                            bos ? tokens.id("bos") : -1,
                            eos ? tokens.content("eos") : null,
                            eos ? tokens.id("eos") : -1));
        }
    }

    private void model() {
        if (!(outline.path("model") instanceof ObjectNode model)) {
            return;
        }
        if (kind.rebuilt() && source.modelType().equals(kind.model())) {
            new ModelRules(kind, settings, source.vocabulary().keySet(), built ? null : applied)
                    .apply(model, tokens.content("unk"));
        }
        if (model.hasNonNull("dropout")) {
            model.putNull("dropout");
            warnings.add(Message.of("checkpoint.tokenizer.dropout"));
        }
    }

    private void notes() {
        for (String field : List.of("add_bos_token", "add_eos_token")) {
            Boolean wanted = built ? null : settings.flag(folder, field);
            String token = tokens.content(field.substring(4, 7));
            if (wanted != null && !token.isEmpty()) {
                boolean there = Templates.holds(outline.path("post_processor"), token);
                if (there != wanted) {
                    warnings.add(Message.of(
                            there
                                    ? "checkpoint.tokenizer.ignored-and-added"
                                    : "checkpoint.tokenizer.ignored-and-not-added",
                            settings.file(field),
                            field,
                            wanted,
                            token));
                }
            }
        }
        if (kind == TokenizerKind.BACKEND) {
            for (String field :
                    List.of("do_lower_case", "strip_accents", "tokenize_chinese_chars", "add_prefix_space")) {
                if (settings.has(field)) {
                    applied.add(Message.of(
                            "checkpoint.tokenizer.no-effect",
                            field,
                            settings.file(field),
                            className.isEmpty() ? Message.of("checkpoint.tokenizer.this-one") : className));
                }
            }
        }
        if (settings.merged().path("auto_map").has("AutoTokenizer")) {
            warnings.add(Message.of("checkpoint.tokenizer.python-not-run", settings.file("auto_map")));
        }
    }

    private boolean side(JsonNode truncation) {
        String said = settings.text("truncation_side");
        if (said == null) {
            return truncation.path("direction").asText().equalsIgnoreCase("left");
        }
        if (!said.equals("left") && !said.equals("right")) {
            throw Problem.of(
                    "checkpoint.tokenizer.bad-truncation-side", folder.resolve(settings.file("truncation_side")), said);
        }
        if (said.equals("left")) {
            applied.add(Message.of("checkpoint.tokenizer.cut-on-the-left", settings.file("truncation_side")));
        }
        return said.equals("left");
    }

    private boolean types() {
        JsonNode names = settings.merged().path("model_input_names");
        boolean known = names.isArray();
        boolean types = asItIs || kind.types();
        if (known) {
            types = false;
            for (JsonNode name : names) {
                types |= name.asText().equals("token_type_ids");
            }
        }
        if (family.equals("bert") && !types) {
            Object named = className.isEmpty() ? Message.of("checkpoint.tokenizer.this-class") : className;
            applied.add(Message.of(
                    "checkpoint.tokenizer.no-token-types",
                    known
                            ? Message.of(
                                    "checkpoint.tokenizer.in", "model_input_names", settings.file("model_input_names"))
                            : Message.of("checkpoint.tokenizer.no-types-in-5", named)));
        }
        return types;
    }

    private String digest(String json, boolean left, boolean types) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            boolean plain = !built && !left && sameAs(source.outline(), outline);
            sha.update(plain ? source.bytes() : json.getBytes(StandardCharsets.UTF_8));
            if (left) {
                sha.update((byte) 1);
            }
            if (family.equals("bert") && !types) {
                sha.update((byte) 2); // the second text of a pair has another type
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean sameAs(ObjectNode before, ObjectNode after) {
        ObjectNode a = before.deepCopy();
        ObjectNode b = after.deepCopy();
        for (ObjectNode node : List.of(a, b)) {
            node.remove(List.of("truncation", "padding", "version"));
        }
        return a.equals(b);
    }
}
