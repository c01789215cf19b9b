package sirkuit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.Problem;

/// Token ids against those that transformers 5 gives for the same folders
/// (`src/test/python/make_tokenizer_references.py`).
class TokenizerReferenceTest {
    @TempDir
    Path folder;

    private static final JsonNode REFERENCES = references();

    private static JsonNode references() {
        try (InputStream in = TokenizerReferenceTest.class.getResourceAsStream("tokenizers.json")) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyFolderGivesTheTokensOfTransformersOrSaysThatItDoesNot() throws IOException {
        List<String> texts = texts();
        int noted = 0;
        int number = 0;
        for (JsonNode reference : REFERENCES.path("cases")) {
            Path of = Files.createDirectory(folder.resolve("case" + number++));
            write(of, reference);
            TokenizerPlan plan = TokenizerPlan.of(checkpoint(of));
            try (TextTokenizer tokenizer =
                    TextTokenizer.direct(plan, reference.path("maxLength").asInt())) {
                List<int[]> ids = ids(tokenizer.encode(texts));
                List<TextTokenizer.Tokens> pairs = tokenizer.encode(texts, texts.reversed());
                boolean same = equal(ids, reference.path("ids")) && equal(ids(pairs), reference.path("pairIds"));
                if (!same && plan.warnings().stream().anyMatch(w -> w.contains("transformers 5"))) {
                    noted++;
                    continue;
                }
                assertThat(same)
                        .as("%s of %s, applied %s", reference.path("class"), of, plan.applied())
                        .isTrue();
                if (reference
                        .path("files")
                        .path("config.json")
                        .path("model_type")
                        .asText()
                        .equals("bert")) {
                    assertThat(types(pairs)).as("%s", of).isEqualTo(ints(reference.path("pairTypes"), pairs));
                }
            }
        }
        assertThat(number).isEqualTo(90);
        assertThat(noted).isLessThanOrEqualTo(8); // Llama's blank before a text, and what is not told apart above
    }

    private static List<String> texts() {
        return StreamSupport.stream(REFERENCES.path("texts").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private void write(Path of, JsonNode reference) throws IOException {
        JsonNode words = REFERENCES.path("words").path(reference.path("base").asText());
        ObjectNode tokenizer = reference.path("outline").deepCopy();
        ObjectNode model = (ObjectNode) tokenizer.path("model");
        words.properties().forEach(e -> model.set(e.getKey(), e.getValue()));
        if (!reference.path("oldFiles").asBoolean()) {
            Files.writeString(of.resolve("tokenizer.json"), Json.line(tokenizer));
        } else if (model.path("type").asText().equals("WordPiece")) {
            List<Map.Entry<String, JsonNode>> sorted =
                    new ArrayList<>(words.path("vocab").properties());
            sorted.sort(Comparator.comparingInt(e -> e.getValue().asInt()));
            Files.write(
                    of.resolve("vocab.txt"),
                    sorted.stream().map(Map.Entry::getKey).toList());
        } else {
            Files.writeString(of.resolve("vocab.json"), Json.line(words.path("vocab")));
            List<String> merges = new ArrayList<>(List.of("#version: 0.2"));
            words.path("merges")
                    .forEach(m -> merges.add(m.get(0).asText() + " " + m.get(1).asText()));
            Files.write(of.resolve("merges.txt"), merges);
        }
        for (Map.Entry<String, JsonNode> file : reference.path("files").properties()) {
            Files.writeString(of.resolve(file.getKey()), Json.line(file.getValue()));
        }
    }

    @SuppressWarnings("NullAway")
    private static Checkpoint checkpoint(Path of) {
        return new Checkpoint(of, CheckpointConfig.read(of.resolve("config.json")), null);
    }

    private static List<int[]> ids(List<TextTokenizer.Tokens> tokens) {
        return tokens.stream().map(TextTokenizer.Tokens::ids).toList();
    }

    private static boolean equal(List<int[]> ours, JsonNode theirs) {
        boolean same = ours.size() == theirs.size();
        for (int i = 0; same && i < ours.size(); i++) {
            same = ours.get(i).length == theirs.get(i).size();
            for (int j = 0; same && j < ours.get(i).length; j++) {
                same = ours.get(i)[j] == theirs.get(i).get(j).asInt();
            }
        }
        return same;
    }

    private static List<List<Integer>> types(List<TextTokenizer.Tokens> tokens) {
        return tokens.stream()
                .map(t -> {
                    int @Nullable [] types = t.types();
                    List<Integer> list = new ArrayList<>();
                    for (int i = 0; i < t.length(); i++) {
                        list.add(types == null ? 0 : types[i]);
                    }
                    return list;
                })
                .toList();
    }

    /// Transformers gives no types where a model is to take 0 everywhere.
    private static List<List<Integer>> ints(JsonNode types, List<TextTokenizer.Tokens> tokens) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            List<Integer> list = new ArrayList<>();
            for (int j = 0; j < tokens.get(i).length(); j++) {
                list.add(types.path(i).path(j).asInt(0));
            }
            lists.add(list);
        }
        return lists;
    }

    private JsonNode reference(String base) {
        return StreamSupport.stream(REFERENCES.path("cases").spliterator(), false)
                .filter(c -> c.path("base").asText().equals(base)
                        && !c.path("oldFiles").asBoolean())
                .findFirst()
                .orElseThrow();
    }

    /// A plain folder with another file or two.
    private Path plain(String base, String family, Map<String, String> files) throws IOException {
        Path of = Files.createDirectory(folder.resolve("plain" + System.nanoTime()));
        ObjectNode reference = reference(base).deepCopy();
        reference.putObject("files").putObject("config.json").put("model_type", family);
        if (reference.path("outline").path("normalizer") instanceof ObjectNode normalizer
                && normalizer.has("lowercase")) {
            normalizer.put("lowercase", true);
        }
        write(of, reference);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(of.resolve(file.getKey()), file.getValue());
        }
        return of;
    }

    @Test
    void whatIsAppliedAndFromWhichFileIsTold() throws IOException {
        Path of = plain(
                "bert",
                "bert",
                Map.of(
                        "tokenizer_config.json",
                        "{\"tokenizer_class\": \"BertTokenizerFast\", \"do_lower_case\": false, \"truncation_side\":"
                                + " \"left\", \"model_input_names\": [\"input_ids\"]}"));
        TokenizerPlan plan = TokenizerPlan.of(checkpoint(of));
        assertThat(plan.applied())
                .anyMatch(a -> a.startsWith("do_lower_case = false (tokenizer_config.json)"))
                .anyMatch(a -> a.startsWith("truncation_side = left (tokenizer_config.json)"))
                .anyMatch(a -> a.contains("no token types") && a.contains("model_input_names"));
        assertThat(plan.left()).isTrue();
    }

    @Test
    void thePreTokenizerOfTheFileIsFollowedWhereTransformersReplacesIt() throws IOException {
        Path of = plain("gpt2", "llama", Map.of("tokenizer_config.json", "{\"tokenizer_class\": \"LlamaTokenizer\"}"));
        TokenizerPlan plan = TokenizerPlan.of(checkpoint(of));
        assertThat(plan.warnings())
                .anyMatch(w -> w.contains("pre_tokenizer of tokenizer.json")
                        && w.contains("transformers 5 replaces it by that of LlamaTokenizer"));
        Path plain = plain(
                "gpt2", "llama", Map.of("tokenizer_config.json", "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}"));
        TokenizerPlan file = TokenizerPlan.of(checkpoint(plain));
        try (TextTokenizer ours = TextTokenizer.direct(plan, 64);
                TextTokenizer asItIs = TextTokenizer.direct(file, 64)) {
            String text = "kopi pagi ini enak"; // without what either adds as a special token
            assertThat(ours.plainIds(text)).containsExactly(asItIs.plainIds(text));
        }
    }

    @Test
    void whatCannotBeAppliedIsRefusedByName() throws IOException {
        Path python = plain(
                "bert", "bert", Map.of("tokenizer_config.json", "{\"tokenizer_class\": \"BertJapaneseTokenizer\"}"));
        assertThatThrownBy(() -> TokenizerPlan.of(checkpoint(python)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("BertJapaneseTokenizer")
                .hasMessageContaining("tokenizer_config.json");
        Path text = plain("bert", "bert", Map.of("tokenizer_config.json", "{\"do_lower_case\": \"no\"}"));
        assertThatThrownBy(() -> TokenizerPlan.of(checkpoint(text)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("do_lower_case");
        Path several = plain(
                "bert",
                "bert",
                Map.of("tokenizer_config.json", "{\"fast_tokenizer_files\": [\"tokenizer.4.0.0.json\"]}"));
        assertThatThrownBy(() -> TokenizerPlan.of(checkpoint(several)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("tokenizer.4.0.0.json");
        Path list = plain("bert", "bert", Map.of("special_tokens_map.json", "[]"));
        assertThatThrownBy(() -> TokenizerPlan.of(checkpoint(list)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("special_tokens_map.json is not a JSON object");
    }

    @Test
    void aFolderWithoutATokenizerNamesTheBaseModelWhoseToCopy() throws IOException {
        Path of = Files.createDirectory(folder.resolve("none"));
        Files.writeString(
                of.resolve("config.json"), "{\"model_type\": \"bert\", \"_name_or_path\": \"some/multilingual-bert\"}");
        assertThatThrownBy(() -> TokenizerPlan.of(checkpoint(of)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no tokenizer.json")
                .hasMessageContaining("Copy the tokenizer of the base model")
                .hasMessageContaining("some/multilingual-bert");
    }

    @Test
    void aDropoutOfTheTokenizersModelIsLeftOut() throws IOException {
        Path of = plain("gpt2", "gpt2", Map.of());
        Path file = of.resolve("tokenizer.json");
        Files.writeString(file, Files.readString(file).replace("\"dropout\":null", "\"dropout\":0.5"));
        TokenizerPlan plan = TokenizerPlan.of(checkpoint(of));
        assertThat(plan.warnings()).anyMatch(w -> w.contains("dropout"));
        assertThat(plan.json()).contains("\"dropout\":null");
    }

    @Test
    void theDigestIsThatOfTheFileUntilAnotherFileChangesTheTokens() throws IOException {
        Path of = plain(
                "bert", "bert", Map.of("tokenizer_config.json", "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}"));
        String before = TokenizerPlan.of(checkpoint(of)).digest();
        Files.writeString(
                of.resolve("tokenizer_config.json"),
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"model_max_length\": 512}");
        assertThat(TokenizerPlan.of(checkpoint(of)).digest()).isEqualTo(before);
        Files.writeString(
                of.resolve("tokenizer_config.json"),
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"image_token\": \"<image>\"}");
        assertThat(TokenizerPlan.of(checkpoint(of)).digest()).isNotEqualTo(before);
    }

    @Test
    void aLengthWithoutRoomForTheSpecialTokensIsRefused() throws IOException {
        Path of = plain("roberta", "roberta", Map.of());
        try (TextTokenizer tokenizer = TextTokenizer.direct(TokenizerPlan.of(checkpoint(of)), 3)) {
            assertThatThrownBy(() -> tokenizer.encode(List.of("kopi pagi"), List.of("enak sekali")))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("special tokens")
                    .hasMessageContaining("--max-length");
        }
    }

    @Test
    void aTextOfManyBytesACharacterIsShortenedByWholeCharacters() throws IOException {
        Path of = plain("gpt2", "gpt2", Map.of());
        try (TextTokenizer tokenizer = TextTokenizer.direct(TokenizerPlan.of(checkpoint(of)), 64)) {
            String text = "\ud83d\ude00\ud83d\ude01\u00e9\u4f60\ud83d\ude02";
            while (!text.isEmpty()) {
                String shorter = tokenizer.shortened(text, 1);
                assertThat(text).startsWith(shorter);
                assertThat(shorter.codePointCount(0, shorter.length()))
                        .isLessThan(text.codePointCount(0, text.length()));
                text = shorter;
            }
        }
    }
}
