package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.checkpoint.tokenizer.AddedTokens.Token;

/// The tokenizer that transformers 5 builds from a folder, as one `tokenizer.json` for the tokenizers library. Ids
/// depend on more than that file: on `tokenizer_config.json`, `special_tokens_map.json`, `added_tokens.json` and the
/// defaults of the class named there (`docs/decisions/0038-tokenizers.md`).
///
/// @param json        without truncation and padding
/// @param left        whether a long text loses its beginning instead of its end
/// @param types       whether pairs have token types
/// @param unknown     id of the token for unknown words; -1 when there is none
/// @param unknownWord the token for unknown words; empty when there is none
/// @param added       ids of the tokens that are found in a text before words are looked for
/// @param size        tokens, with added ones
/// @param digest      SHA-256 of what decides the ids: of `tokenizer.json` itself if nothing else matters
/// @param applied     what other files and defaults changed, and which file; for people who look closely
/// @param warnings    for everybody who uses the numbers
public record TokenizerPlan(
        Path file,
        String json,
        boolean left,
        boolean types,
        int unknown,
        String unknownWord,
        Set<Integer> added,
        int size,
        String digest,
        List<Message> applied,
        List<Message> warnings) {
    static final String FILE = "tokenizer.json";

    /// A class name that only transformers 5 writes.
    private static final String SAVED_BY_5 = "TokenizersBackend";

    /// @throws Problem when there are no usable files, or a setting cannot be applied
    public static TokenizerPlan of(Checkpoint checkpoint) {
        return new Planner(checkpoint, false).plan();
    }

    /// The file as it is, whatever class the folder names; without a `tokenizer.json` as [#of].
    public static TokenizerPlan ofFile(Checkpoint checkpoint) {
        return new Planner(checkpoint, true).plan();
    }

    /// The beginning of the names of tokens without a role that are in a list of special tokens.
    private static final String IN_LIST = "in list ";

    private static final class Planner {
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
        private final AddedTokens added;
        private final Map<String, Token> named = new LinkedHashMap<>();
        private final List<Message> applied = new ArrayList<>();
        private final List<Message> warnings = new ArrayList<>();

        Planner(Checkpoint checkpoint, boolean asItIs) {
            folder = checkpoint.folder();
            config = checkpoint.config();
            family = config.modelType();
            settings = TokenizerSettings.read(folder);
            String said = settings.text("tokenizer_class");
            String written = said != null ? said : textOf(config, "tokenizer_class");
            className = written == null ? "" : written;
            inSettings = said != null;
            requireReadable(written);
            Path file = folder.resolve(FILE);
            built = !RegularFile.isThere(file);
            this.asItIs = asItIs && !built;
            kind = this.asItIs ? TokenizerKind.BACKEND : TokenizerKind.of(family, written);
            source = built ? new VocabularyFiles(folder, checkpoint, kind).tokenizer() : TokenizerFile.read(file);
            outline = source.outline();
            added = new AddedTokens(source.vocabulary());
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
                if (!name.asText().equals(FILE)) {
                    throw Problem.of(
                            "checkpoint.tokenizer.several-files",
                            folder.resolve(TokenizerSettings.CONFIG),
                            name.asText());
                }
            }
        }

        TokenizerPlan plan() {
            namedTokens();
            addTokens();
            if (kind.rebuilt()) {
                TokenizerRules rules =
                        new TokenizerRules(kind, this::said, source.modelType(), outline, applied, warnings);
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
                if (!added.canSplitSpecials()) {
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
            outline.set("added_tokens", added.json(split));
            String json = source.with(outline);
            boolean types = types();
            UnknownWord.require(source.file(), outline, source.vocabulary());
            String unknown = Objects.requireNonNullElse(TokenizerFile.unknownWord(outline, source.vocabulary()), "");
            return new TokenizerPlan(
                    source.file(),
                    json,
                    left,
                    types,
                    unknown.isEmpty() ? -1 : added.id(unknown),
                    unknown,
                    added.ids(split),
                    added.size(),
                    digest(json, left, types),
                    List.copyOf(applied),
                    List.copyOf(warnings));
        }

        private @Nullable Boolean said(String field) {
            return settings.flag(folder, field);
        }

        /// Special tokens by role, and all others that a file names.
        private void namedTokens() {
            Map<String, Token> known = new LinkedHashMap<>();
            decoder().values().forEach(t -> known.put(t.content(), t));
            for (String role : TokenizerKind.NAMED) {
                String key = role + "_token";
                Token token = settings.has(key) ? Token.of(settings.merged().get(key)) : null;
                if (settings.has(key) && token == null) {
                    throw Problem.of("checkpoint.tokenizer.bad-special-token", folder.resolve(settings.file(key)), key);
                }
                if (token == null
                        && kind.specials().containsKey(role)
                        && !settings.merged().has(key)) {
                    token = Token.special(kind.specials().get(role));
                }
                if (token == null && role.equals("pad")) {
                    JsonNode pad = outline.path("padding").path("pad_token");
                    token = pad.isTextual() ? Token.special(pad.textValue()) : null;
                }
                if (token != null) {
                    named.put(role, known.getOrDefault(token.content(), token));
                }
            }
            settings.merged().properties().forEach(e -> {
                String key = e.getKey();
                boolean role = key.endsWith("_token") && !TokenizerKind.NAMED.contains(key.replace("_token", ""));
                Token token =
                        role && (e.getValue().isTextual() || e.getValue().isObject()) ? Token.of(e.getValue()) : null;
                if (token != null) {
                    named.put(key, token);
                }
            });
            JsonNode extra = settings.merged().path(TokenizerSettings.EXTRA);
            if (extra.isObject()) {
                extra.properties().forEach(e -> put(e.getKey(), Token.of(e.getValue())));
            } else {
                extra.forEach(t -> put(IN_LIST + named.size(), Token.of(t)));
            }
        }

        private void put(String role, @Nullable Token token) {
            if (token != null) {
                named.put(role, token);
            }
        }

        /// `added_tokens_decoder`, or its equivalent in older files; by id.
        private Map<Integer, Token> decoder() {
            Map<Integer, Token> decoder = new TreeMap<>();
            JsonNode written = settings.merged().path(TokenizerSettings.DECODER);
            if (written.isObject()) {
                written.properties().forEach(e -> {
                    Token token = e.getValue().isObject() ? Token.of(e.getValue()) : null;
                    if (token == null || !e.getKey().matches("\\d{1,9}")) {
                        throw Problem.of(
                                "checkpoint.tokenizer.bad-added-token",
                                folder.resolve(TokenizerSettings.CONFIG),
                                e.getKey(),
                                e.getValue());
                    }
                    decoder.put(Integer.parseInt(e.getKey()), token);
                });
                return decoder;
            }
            JsonNode older = settings.added();
            if (older != null) {
                older.properties().forEach(e -> {
                    boolean special = settings.named().contains(e.getKey())
                            || TokenizerKind.NAMED.stream()
                                    .map(role -> settings.merged().path(role + "_token"))
                                    .anyMatch(t -> t.asText().equals(e.getKey())
                                            || t.path("content").asText().equals(e.getKey()));
                    if (e.getValue().isInt()) {
                        decoder.put(
                                e.getValue().intValue(), new Token(e.getKey(), false, false, false, !special, special));
                    }
                });
            }
            outline.path("added_tokens").forEach(t -> {
                Token token = Token.of(t);
                if (token != null) {
                    decoder.put(t.path("id").asInt(-1), token);
                }
            });
            return decoder;
        }

        private void addTokens() {
            List<String> before = new ArrayList<>();
            outline.path("added_tokens")
                    .forEach(t -> before.add(t.path("content").asText()));
            if (!kind.rebuilt()) {
                outline.path("added_tokens").forEach(t -> {
                    Token token = Token.of(t);
                    if (token != null) {
                        added.add(token);
                    }
                });
            }
            List<String> roles = named.entrySet().stream()
                    .filter(e -> !e.getKey().startsWith(IN_LIST))
                    .map(e -> e.getValue().content())
                    .toList();
            decoder().values().forEach(t -> {
                if (!t.equals(added.get(t.content()))) {
                    added.add(!t.special() && roles.contains(t.content()) ? t.asSpecial() : t);
                }
            });
            // Two roles may have the same text with other settings: the last one counts.
            List<Token> missing =
                    named.values().stream().filter(t -> !added.has(t.content())).toList();
            missing.forEach(t -> added.add(t.asSpecial()));
            if (kind == TokenizerKind.QWEN2) {
                named.values().forEach(t -> added.add(Token.special(t.content())));
            }
            tell(before);
        }

        private void tell(List<String> before) {
            if (built) {
                return;
            }
            List<String> more = new ArrayList<>();
            added.json(false).forEach(t -> {
                String content = t.path("content").asText();
                if (!before.contains(content)) {
                    more.add(content + " (" + t.path("id").asInt() + ")");
                }
            });
            if (!more.isEmpty()) {
                applied.add(Message.of("checkpoint.tokenizer.more-added", String.join(", ", more)));
            }
            List<String> gone = before.stream().filter(t -> !added.has(t)).toList();
            if (!gone.isEmpty()) {
                warnings.add(Message.of("checkpoint.tokenizer.fewer-added", String.join(", ", gone)));
            }
        }

        /// Encoder classes put their own special tokens around the texts.
        private void postProcessor() {
            ObjectNode own = Templates.of(kind, this::content, this::id);
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

        private String content(String role) {
            Token token = named.get(role);
            return token == null ? "" : token.content();
        }

        private int id(String role) {
            return added.id(content(role));
        }

        /// With a tokenizer.json, transformers 5 ignores `add_bos_token` and `add_eos_token`. Without one, they
        /// decide which tokens are put around a text.
        private void beginAndEnd() {
            boolean bos = Boolean.TRUE.equals(said("add_bos_token")) && named.containsKey("bos");
            boolean eos = Boolean.TRUE.equals(said("add_eos_token")) && named.containsKey("eos");
            if (!outline.has("post_processor")) {
                outline.set(
                        "post_processor",
                        Templates.around(
                                bos ? content("bos") : null,
                                bos ? id("bos") : -1,
                                eos ? content("eos") : null,
                                eos ? id("eos") : -1));
            }
        }

        private void model() {
            if (!(outline.path("model") instanceof ObjectNode model)) {
                return;
            }
            if (kind.rebuilt() && source.modelType().equals(kind.model())) {
                new ModelRules(kind, settings, source.vocabulary().keySet(), built ? null : applied)
                        .apply(model, content("unk"));
            }
            if (model.hasNonNull("dropout")) {
                model.putNull("dropout");
                warnings.add(Message.of("checkpoint.tokenizer.dropout"));
            }
        }

        private void notes() {
            for (String field : List.of("add_bos_token", "add_eos_token")) {
                Boolean wanted = built ? null : settings.flag(folder, field);
                String token = content(field.substring(4, 7));
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
                        "checkpoint.tokenizer.bad-truncation-side",
                        folder.resolve(settings.file("truncation_side")),
                        said);
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
                                        "checkpoint.tokenizer.in",
                                        "model_input_names",
                                        settings.file("model_input_names"))
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
}
