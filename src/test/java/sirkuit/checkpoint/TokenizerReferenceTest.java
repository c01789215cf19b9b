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
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.checkpoint.tokenizer.TokenizerPlan;

/// Token ids against those that transformers 5 gives for the same folders
/// (`src/test/python/make_tokenizer_references.py`).
@UsesEngine
class TokenizerReferenceTest {
    private static final String BEFORE_EVERY = "tokenizer.json puts a space before every text";
    private static final String FOLLOWED = "Sirkuit uses the ";

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
        List<String> different = new ArrayList<>();
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
                if (!same) {
                    // Only these say that transformers gives other tokens.
                    assertThat(plan.warnings())
                            .extracting(Message::english)
                            .as("%s of %s, applied %s", reference.path("class"), of, plan.applied())
                            .anyMatch(w -> w.startsWith(BEFORE_EVERY) || w.startsWith(FOLLOWED));
                    different.add(
                            of.getFileName() + " " + reference.path("base").asText());
                    continue;
                }
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
        assertThat(number).isEqualTo(150);
        assertThat(different).containsExactly("case0 llama", "case69 llama");
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
        String lineEnd = reference.path("lineEnd").asText("");
        if (!reference.path("lineEnd").isTextual()) {
            Files.writeString(of.resolve("tokenizer.json"), Json.line(tokenizer));
        } else if (model.path("type").asText().equals("WordPiece")) {
            List<Map.Entry<String, JsonNode>> sorted =
                    new ArrayList<>(words.path("vocab").properties());
            sorted.sort(Comparator.comparingInt(e -> e.getValue().asInt()));
            Files.writeString(
                    of.resolve("vocab.txt"),
                    sorted.stream().map(e -> e.getKey() + lineEnd).collect(Collectors.joining()));
        } else {
            Files.writeString(of.resolve("vocab.json"), Json.line(words.path("vocab")));
            List<String> merges = new ArrayList<>(List.of("#version: 0.2"));
            words.path("merges")
                    .forEach(m -> merges.add(m.get(0).asText() + " " + m.get(1).asText()));
            Files.writeString(
                    of.resolve("merges.txt"),
                    merges.stream().map(m -> m + lineEnd).collect(Collectors.joining()));
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
                        && !c.path("lineEnd").isTextual())
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
                .extracting(Message::english)
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
                .extracting(Message::english)
                .anyMatch(w -> w.contains("pre_tokenizer of tokenizer.json")
                        && w.contains("transformers 5 replaces it with that of LlamaTokenizer"));
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
        assertThat(plan.warnings()).extracting(Message::english).anyMatch(w -> w.contains("dropout"));
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

    /// What transformers' `GPT2Tokenizer` and the tokenizers library do with such files.
    private Path oldFiles(String merges) throws IOException {
        Path of = Files.createDirectory(folder.resolve("old" + System.nanoTime()));
        Files.writeString(of.resolve("config.json"), "{\"model_type\": \"gpt2\"}");
        Files.writeString(of.resolve("vocab.json"), "{\"#\": 0, \"a\": 1, \"#a\": 2, \"##\": 3, \"b\": 4, \"ab\": 5}");
        Files.writeString(of.resolve("merges.txt"), merges);
        return of;
    }

    private static int[] oldIds(Path of, String text) {
        try (TextTokenizer tokenizer = TextTokenizer.direct(TokenizerPlan.of(checkpoint(of)), 64)) {
            return tokenizer.plainIds(text);
        }
    }

    @Test
    void onlyVersionLinesAreCommentsInMergesTxt() throws IOException {
        assertThat(oldIds(oldFiles("#version: 0.2\n# #\na b\n"), "##")).containsExactly(3);
        assertThat(oldIds(oldFiles("a b\r\n#version: 1\n# #\n"), "ab")).containsExactly(5);
        assertThat(oldIds(oldFiles(""), "##")).containsExactly(0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b\n\n", "a b \n", "a  b\n", " a b\n", "a\tb\n", "a\n", "#version\n\na b\n"})
    void aLineOfMergesTxtThatIsNotTwoTokensIsRefusedWithItsNumber(String merges) throws IOException {
        Path of = oldFiles("# #\n" + merges);
        assertThatThrownBy(() -> TokenizerPlan.of(checkpoint(of)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(of.resolve("merges.txt") + ", line "
                        + (merges.matches("(?s)a b\n.*") ? 3 : merges.startsWith("#") ? 3 : 2));
    }

    @Test
    void linesOfVocabTxtEndAsForTheTokenizersLibrary() throws IOException {
        Path of = Files.createDirectory(folder.resolve("words"));
        Files.writeString(of.resolve("config.json"), "{\"model_type\": \"bert\"}");
        Files.writeString(
                of.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na \nb\u3000\nc\r\nd\re\n\nf\u0085\nlast");
        TokenizerPlan plan = TokenizerPlan.of(checkpoint(of));
        assertThat(Json.MAPPER.readTree(plan.json()).path("model").path("vocab"))
                .isEqualTo(
                        Json.MAPPER.readTree("{\"[PAD]\": 0, \"[UNK]\": 1, \"[CLS]\": 2, \"[SEP]\": 3, \"[MASK]\": 4,"
                                + " \"a\": 5, \"b\": 6, \"c\": 7, \"d\\re\": 8, \"\": 9, \"f\": 10, \"last\": 11}"));
    }

    @Test
    void aLinkThatLeadsNowhereIsNamedAndNotPassedOver() throws IOException {
        for (String name : List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")) {
            Path of = plain("bert", "bert", Map.of());
            Files.deleteIfExists(of.resolve(name));
            Files.createSymbolicLink(of.resolve(name), of.resolve("gone"));
            assertThatThrownBy(() -> TokenizerPlan.of(checkpoint(of)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(of.resolve(name) + " is a link that leads nowhere");
        }
    }

    @Test
    void aModelThatIsNoObjectIsRefused() throws IOException {
        Path of = plain("bert", "bert", Map.of());
        Files.writeString(of.resolve("tokenizer.json"), "{\"version\": \"1.0\", \"model\": [1]}");
        assertThatThrownBy(() -> TokenizerPlan.of(checkpoint(of)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(of.resolve("tokenizer.json") + " cannot be read")
                .hasMessageContaining("\"model\" is not an object");
    }

    @Test
    void whatAClassSetsInTheModelIsTold() throws IOException {
        Path of = plain("gpt2", "gpt2", Map.of());
        Path file = of.resolve("tokenizer.json");
        ObjectNode json = (ObjectNode) Json.tree(file);
        ((ObjectNode) json.path("model")).put("ignore_merges", true).put("unk_token", "<|pad|>");
        Files.writeString(file, Json.line(json));
        TokenizerPlan plan = TokenizerPlan.of(checkpoint(of));
        assertThat(plan.applied())
                .extracting(Message::english)
                .contains(
                        "ignore_merges = false (always so for GPT2Tokenizer); tokenizer.json says true",
                        "unk_token = nothing (always so for GPT2Tokenizer); tokenizer.json says <|pad|>");
        assertThat(plan.unknown()).isEqualTo(-1);
        Path bert = plain("bert", "bert", Map.of());
        Path words = bert.resolve("tokenizer.json");
        Files.writeString(words, Files.readString(words).replace("\"clean_text\":true", "\"clean_text\":false"));
        assertThat(TokenizerPlan.of(checkpoint(bert)).applied())
                .extracting(Message::english)
                .contains("clean_text = true (always so for BertTokenizer); tokenizer.json says false");
    }

    @Test
    void llamaPutsASpaceBeforeATextAsLegacyAndAddPrefixSpaceSay() throws IOException {
        assertThat(llamaScheme("{}")).isEqualTo("first");
        assertThat(llamaScheme("{\"legacy\": true}")).isEqualTo("always");
        assertThat(llamaScheme("{\"legacy\": true, \"add_prefix_space\": false}"))
                .isEqualTo("never");
        assertThat(llamaScheme("{\"legacy\": false, \"add_prefix_space\": true}"))
                .isEqualTo("first");
    }

    private String llamaScheme(String settings) throws IOException {
        ObjectNode config = (ObjectNode) Json.MAPPER.readTree(settings);
        Path of = plain(
                "llama",
                "llama",
                Map.of("tokenizer_config.json", Json.line(config.put("tokenizer_class", "LlamaTokenizer"))));
        Path file = of.resolve("tokenizer.json");
        ObjectNode json = (ObjectNode) Json.tree(file);
        json.putNull("normalizer");
        ObjectNode words =
                json.putObject("pre_tokenizer").put("type", "Metaspace").put("replacement", "\u2581");
        words.put("prepend_scheme", config.has("legacy") ? "never" : "always").put("split", false);
        Files.writeString(file, Json.line(json));
        TokenizerPlan plan = TokenizerPlan.of(checkpoint(of));
        assertThat(plan.applied())
                .extracting(Message::english)
                .anyMatch(a -> a.startsWith("space put before a text: ") || config.has("add_prefix_space"));
        return Json.MAPPER
                .readTree(plan.json())
                .path("pre_tokenizer")
                .path("prepend_scheme")
                .asText();
    }

    @Test
    void theDigestTellsWhetherTheSecondTextOfAPairHasATypeOfItsOwn() throws IOException {
        Path of = plain("bert", "bert", Map.of());
        String before = TokenizerPlan.of(checkpoint(of)).digest();
        Files.writeString(
                of.resolve("tokenizer_config.json"), "{\"model_input_names\": [\"input_ids\", \"attention_mask\"]}");
        assertThat(TokenizerPlan.of(checkpoint(of)).digest()).isNotEqualTo(before);
    }

    @Test
    void withoutATokenizerJsonTheFilesOfTheClassAreReadWhateverIsAsked() throws IOException {
        Path of = oldFiles("# #\n");
        assertThat(TokenizerPlan.ofFile(checkpoint(of)).json())
                .isEqualTo(TokenizerPlan.of(checkpoint(of)).json());
    }

    @Test
    void theFileThatNamesAnotherClassIsNamed() throws IOException {
        Path of = plain(
                "gpt2",
                "gpt2",
                Map.of("config.json", "{\"model_type\": \"gpt2\", \"tokenizer_class\": \"T5Tokenizer\"}"));
        assertThat(TokenizerPlan.of(checkpoint(of)).warnings())
                .extracting(Message::english)
                .anyMatch(w -> w.startsWith(of.resolve("config.json") + " names the tokenizer T5Tokenizer."));
    }

    private static JsonNode addedToken(Path of, String content) throws IOException {
        JsonNode all =
                Json.MAPPER.readTree(TokenizerPlan.of(checkpoint(of)).json()).path("added_tokens");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(t -> t.path("content").asText().equals(content))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTokenOfAddedTokensJsonIsSpecialWhereTheExtraOnesNameIt() throws IOException {
        String added = "{\"<Extra_C>\": 170}";
        Path named = plain(
                "bert",
                "bert",
                Map.of(
                        "added_tokens.json",
                        added,
                        "tokenizer_config.json",
                        "{\"extra_special_tokens\": [\"<Extra_C>\"]}"));
        assertThat(addedToken(named, "<Extra_C>").path("special").asBoolean()).isTrue();
        assertThat(addedToken(named, "<Extra_C>").path("normalized").asBoolean())
                .isFalse();
        Path later = plain(
                "bert",
                "bert",
                Map.of(
                        "added_tokens.json",
                        added,
                        "special_tokens_map.json",
                        "{\"additional_special_tokens\": [\"<Extra_C>\"]}"));
        assertThat(addedToken(later, "<Extra_C>").path("special").asBoolean()).isFalse();
    }

    @Test
    void ofTwoRolesWithOneTextTheLastOnesSettingsCount() throws IOException {
        Path of = plain(
                "roberta",
                "roberta",
                Map.of(
                        "special_tokens_map.json",
                        "{\"eos_token\": {\"content\": \"</new>\", \"lstrip\": true}, \"sep_token\": {\"content\":"
                                + " \"</new>\", \"lstrip\": false}}"));
        assertThat(addedToken(of, "</new>").path("lstrip").asBoolean()).isFalse();
    }
}
