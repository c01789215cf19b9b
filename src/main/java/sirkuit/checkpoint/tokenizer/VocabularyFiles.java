package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.Python;
import sirkuit.checkpoint.tokenizer.file.TokenizerFile;

/// The vocabularies of folders that were saved before there was a `tokenizer.json`: `vocab.txt` of BERT and DistilBERT,
/// `vocab.json` and `merges.txt` of GPT-2, RoBERTa and Qwen2.
record VocabularyFiles(Path folder, Checkpoint checkpoint, TokenizerKind kind) {
    private static final String WORDS = "vocab.txt";
    private static final String PIECES = "vocab.json";
    private static final String MERGES = "merges.txt";

    /// What the tokenizers library removes from the end of a line in a `vocab.txt`.
    private static final Pattern SPACE_AT_THE_END = Pattern.compile("\\p{IsWhite_Space}+\\z");

    /// Builds the tokenizer as transformers 5 does, except for what [TokenizerPlan] adds to every file.
    ///
    /// @throws Problem when there are no files to build it from
    TokenizerFile tokenizer() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("version", "1.0");
        json.putArray("added_tokens");
        if (kind.wordPiece() && RegularFile.isThere(folder.resolve(WORDS))) {
            json.set("model", wordPiece());
            return built(WORDS, json);
        }
        boolean bpe = kind.byteLevel() || kind == TokenizerKind.QWEN2;
        if (bpe && RegularFile.isThere(folder.resolve(PIECES)) && RegularFile.isThere(folder.resolve(MERGES))) {
            if (kind == TokenizerKind.QWEN2) {
                TokenizerRules.setQwen2(json, false);
            }
            json.set("model", bytePairs());
            return built(PIECES, json);
        }
        throw missing();
    }

    private TokenizerFile built(String from, ObjectNode json) {
        return TokenizerFile.of(folder.resolve(from), Json.line(json).getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode wordPiece() {
        ObjectNode model = Json.MAPPER.createObjectNode().put("type", "WordPiece");
        model.put("unk_token", "[UNK]").put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
        ObjectNode words = model.putObject("vocab");
        List<String> lines = lines(folder.resolve(WORDS));
        for (int i = 0; i < lines.size(); i++) {
            words.put(SPACE_AT_THE_END.matcher(lines.get(i)).replaceFirst(""), i);
        }
        return model;
    }

    private ObjectNode bytePairs() {
        ObjectNode model = Json.MAPPER.createObjectNode().put("type", "BPE");
        model.putNull("dropout").putNull("unk_token");
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "").put("fuse_unk", false);
        RegularFile.require(folder.resolve(PIECES));
        JsonNode pieces = Json.tree(folder.resolve(PIECES));
        if (!pieces.isObject()) {
            throw Problem.of("checkpoint.tokenizer.not-json-object", folder.resolve(PIECES));
        }
        model.set("vocab", pieces);
        ArrayNode merges = model.putArray("merges");
        List<String> lines = lines(folder.resolve(MERGES));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("#version")) {
                continue; // this is the only comment: "# a" merges a hash and an a
            }
            String[] pair = line.split(" ", -1);
            if (pair.length != 2) {
                throw Problem.of("checkpoint.tokenizer.bad-merge", folder.resolve(MERGES), i + 1);
            }
            merges.addArray().add(pair[0]).add(pair[1]);
        }
        return model;
    }

    /// Lines as the tokenizers library reads them: a line ends with `\n` or `\r\n`; `\r` alone is an ordinary
    /// character.
    private static List<String> lines(Path file) {
        try {
            RegularFile.require(file);
            String text = Files.readString(file);
            if (text.isEmpty()) {
                return List.of();
            }
            String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            List<String> lines = new ArrayList<>(List.of(whole.split("\n", -1)));
            boolean lastEnds = whole.length() < text.length();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (line.endsWith("\r") && (i < lines.size() - 1 || lastEnds)) {
                    lines.set(i, line.substring(0, line.length() - 1));
                }
            }
            return lines;
        } catch (MalformedInputException e) {
            throw Problem.of(e, "checkpoint.tokenizer.not-utf-8", file);
        } catch (IOException e) {
            throw Problem.of(e, "ground.unreadable-file", file, e.getMessage());
        }
    }

    private Problem missing() {
        String base = base();
        String spm = spm();
        if (!spm.isEmpty()) {
            return Problem.of("checkpoint.tokenizer.unread-vocabulary", folder, spm, Python.text(folder));
        }
        return Problem.of(
                "checkpoint.tokenizer.no-tokenizer-files",
                folder,
                base.isEmpty() ? "" : Message.of("checkpoint.tokenizer.base-named", base),
                base.isEmpty() ? "BASE" : base,
                Python.text(folder));
    }

    private String base() {
        String name = checkpoint.config().text("_name_or_path", "");
        return name.equals(folder.toString()) ? "" : name;
    }

    private String spm() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.matches("(?i).*(\\.model|\\.spm|tiktoken)"))
                    .sorted()
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
