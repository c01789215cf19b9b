package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.tokenizer.AddedTokens.Token;

/// The added tokens of a folder: those with a role (`cls_token` and so on), those that a file lists, and those of
/// `tokenizer.json`, as transformers 5 puts them together.
final class FolderTokens {
    /// The beginning of the names of tokens without a role that are in a list of special tokens.
    private static final String IN_LIST = "in list ";

    private final Path folder;
    private final TokenizerSettings settings;
    private final TokenizerKind kind;
    private final ObjectNode outline;
    private final AddedTokens added;
    private final Map<String, Token> named = new LinkedHashMap<>();

    /// @param outline    of `tokenizer.json`
    /// @param vocabulary of its model
    FolderTokens(
            Path folder,
            TokenizerSettings settings,
            TokenizerKind kind,
            ObjectNode outline,
            Map<String, Integer> vocabulary) {
        this.folder = folder;
        this.settings = settings;
        this.kind = kind;
        this.outline = outline;
        added = new AddedTokens(vocabulary);
    }

    AddedTokens added() {
        return added;
    }

    /// Whether there is a token of that role.
    boolean has(String role) {
        return named.containsKey(role);
    }

    /// The text of the token of a role; empty when there is none.
    String content(String role) {
        Token token = named.get(role);
        return token == null ? "" : token.content();
    }

    /// Its id.
    int id(String role) {
        return added.id(content(role));
    }

    /// Adds them all, in the order of transformers 5.
    ///
    /// @throws sirkuit.Problem when a file has something else in the place of a token
    void add() {
        nameTokens();
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
    }

    /// Says which tokens were added and which of `tokenizer.json` are left out.
    void tell(List<Message> applied, List<Message> warnings) {
        List<String> before = new ArrayList<>();
        outline.path("added_tokens").forEach(t -> before.add(t.path("content").asText()));
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

    /// Special tokens by role, and all others that a file names.
    private void nameTokens() {
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
            Token token = role && (e.getValue().isTextual() || e.getValue().isObject()) ? Token.of(e.getValue()) : null;
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
                    decoder.put(e.getValue().intValue(), new Token(e.getKey(), false, false, false, !special, special));
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
}
