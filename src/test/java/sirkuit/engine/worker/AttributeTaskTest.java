package sirkuit.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.Shared;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.device.Backend;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.Work;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sirkuit.record.DataFile;
import sirkuit.record.Prompt;

/// What each word adds to the answer: as transformers computes it, and as one finds by leaving words out by hand.
@UsesEngine
class AttributeTaskTest {
    @TempDir
    Path folder = Path.of("");

    private final Models models = new Models(Backend.start("cpu", 1));

    @AfterEach
    void close() {
        models.close();
    }

    private Event.Attributed asked(Request.Attribute request) {
        List<Event> told = new ArrayList<>();
        Work work = new Work(1, request, line -> told.add(Wire.event(line).body()));
        new AttributeTask(models).run(request, work);
        return told.stream()
                .filter(Event.Attributed.class::isInstance)
                .map(Event.Attributed.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Request.Attribute question(Request.Model model, String text, Integer label) {
        return new Request.Attribute(model, text, null, label, null, null, true, null);
    }

    private Request.Model tiny() {
        return new Request.Model(
                TinyCheckpoint.write(folder.resolve("model"), 3).toString(), null, 16);
    }

    private static HeadMask two() {
        return new HeadMask(
                TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS, List.of(new Head(0, 1), new Head(1, 2)), "two");
    }

    private DataFile texts() {
        return new DataFile(
                TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 30, 4).toString());
    }

    private static Request.Model golden(String family, Prompt prompt) {
        return new Request.Model(Shared.path("golden/" + family + "/model").toString(), null, 40, prompt);
    }

    static Stream<Map.Entry<String, JsonNode>> peers() throws IOException {
        try (InputStream in = AttributeTaskTest.class.getResourceAsStream("words.json")) {
            JsonNode all = Json.MAPPER.readTree(Objects.requireNonNull(in));
            return all.properties().stream();
        }
    }

    /// `src/test/python/make_word_reference.py`
    @ParameterizedTest
    @MethodSource("peers")
    void wordsAreWorthWhatTransformersFinds(Map.Entry<String, JsonNode> peer) {
        for (JsonNode expected : peer.getValue()) {
            Event.Attributed found = asked(
                    question(golden(peer.getKey(), null), expected.path("text").asText(), null));
            assertThat(found.label()).isEqualTo(expected.path("label").asInt()).isEqualTo(found.predicted());
            assertThat(found.margin()).isCloseTo(expected.path("margin").asDouble(), within(2e-5));
            assertThat(found.rest()).isCloseTo(expected.path("rest").asDouble(), within(1e-4));
            List<JsonNode> words = StreamSupport.stream(expected.path("words").spliterator(), false)
                    .toList();
            assertThat(found.words())
                    .extracting(Event.Attributed.Word::text)
                    .isEqualTo(words.stream().map(w -> w.path("text").asText()).toList());
            for (int w = 0; w < words.size(); w++) {
                Event.Attributed.Word word = found.words().get(w);
                assertThat(word.gradient())
                        .as(word.text())
                        .isCloseTo(words.get(w).path("gradient").asDouble(), within(1e-4));
                assertThat(word.leftOut())
                        .as(word.text())
                        .isCloseTo(words.get(w).path("leftOut").asDouble(), within(1e-4));
            }
        }
    }

    /// The text is asked about again without the word, as a person would do it.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWordIsWorthWhatIsLostWithoutIt(boolean headsOff) {
        Request.Model model = tiny();
        HeadMask off = headsOff ? two() : null;
        DataFile baseline = headsOff ? texts() : null;
        List<String> words = List.of("film", "itu", "sangat", "bagus");
        Event.Attributed whole =
                asked(new Request.Attribute(model, String.join(" ", words), null, null, off, baseline, true, null));
        assertThat(whole.words()).hasSize(words.size());
        for (int w = 0; w < words.size(); w++) {
            List<String> others = new ArrayList<>(words);
            others.remove(w);
            Event.Attributed without = asked(new Request.Attribute(
                    model, String.join(" ", others), null, whole.label(), off, baseline, false, null));
            assertThat(whole.words().get(w).leftOut()).isCloseTo(whole.margin() - without.margin(), within(1e-5));
            assertThat(without.words().getFirst().leftOut()).isNull();
        }
    }

    @Test
    void headsThatAreOffChangeWhatWordsAreWorth() {
        Request.Model model = tiny();
        Event.Attributed on = asked(question(model, "film itu bagus", 2));
        Event.Attributed off =
                asked(new Request.Attribute(model, "film itu bagus", null, 2, two(), texts(), false, null));
        assertThat(off.margin()).isNotCloseTo(on.margin(), within(1e-3));
        assertThat(off.words().get(2).gradient()).isNotCloseTo(on.words().get(2).gradient(), within(1e-4));
    }

    @Test
    void theOnlyWordOfATextCannotBeLeftOut() {
        assertThat(asked(question(tiny(), "bagus", null)).words().getFirst().leftOut())
                .isNull();
    }

    /// Words stand in the typed text, not in the filled template, whose own tokens are the rest.
    @Test
    void aTemplatesOwnWordsAreTheRest() {
        Prompt prompt = new Prompt("the food: {text} is", null);
        Event.Attributed found = asked(question(golden("qwen2", prompt), "really good", null));
        assertThat(found.words()).extracting(Event.Attributed.Word::text).containsExactly("really", "good");
        assertThat(found.words()).extracting(Event.Attributed.Word::start).containsExactly(0, 7);
        Event.Attributed typed = asked(question(golden("qwen2", null), "the food: really good is", found.label()));
        assertThat(found.words().get(1).gradient())
                .isCloseTo(typed.words().get(4).gradient(), within(1e-5));
        assertThat(found.words().get(1).leftOut())
                .isCloseTo(typed.words().get(4).leftOut(), within(1e-5));
        double others = typed.words().stream()
                .filter(w -> !List.of("really", "good").contains(w.text()))
                .mapToDouble(Event.Attributed.Word::gradient)
                .sum();
        assertThat(found.rest()).isCloseTo(others + typed.rest(), within(1e-5));
    }

    @Test
    void aMaskOfAnotherModelIsRefused() {
        HeadMask other = new HeadMask(1, 2, List.of(new Head(0, 1)), "other");
        assertThatThrownBy(() -> asked(new Request.Attribute(tiny(), "bagus", null, null, other, texts(), false, null)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void aClassThatTheCheckpointDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> asked(question(tiny(), "bagus", 3)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("3 classes");
    }
}
