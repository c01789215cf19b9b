package sirkuit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sirkuit.Json;
import sirkuit.Problem;

class ProvenanceTest {
    private static final LabelBinding BINDING = new LabelBinding(
            List.of("negative", "positive"),
            "config",
            List.of(new LabelBinding.Value("0", "negative", LabelBinding.How.NUMBER, 3, null)));

    private static Provenance whole() {
        Map<String, Provenance.Used> files = new LinkedHashMap<>();
        files.put(Provenance.CHECKPOINT, new Provenance.Used("model", "c0ffee", null));
        files.put(Provenance.TOKENIZER, new Provenance.Used("model", "7ea", null));
        files.put(Provenance.DATA, new Provenance.Used("texts.csv", "da7a", BINDING));
        return new Provenance(
                "1.0",
                files,
                new Provenance.Machine("cpu", "PyTorch 2.7.1 (DJL 0.36)", 4, "2.7.1", "Linux 6.1", "amd64", "25.0.1"),
                "2026-01-01T00:00:00Z");
    }

    @Test
    void whatIsWrittenIsRead() throws JsonProcessingException {
        Provenance read = Json.MAPPER.readValue(Json.line(whole()), Provenance.class);
        assertThat(read).isEqualTo(whole());
        assertThat(read.files().keySet()).containsExactly("checkpoint", "tokenizer", "data");
    }

    /// Scripts and earlier versions read these.
    @Test
    void theFieldsOfEarlierVersionsAreStillWritten() throws JsonProcessingException {
        JsonNode node = Json.MAPPER.readTree(Json.line(whole()));
        assertThat(node.path("checkpoint").textValue()).isEqualTo("model");
        assertThat(node.path("checkpointDigest").textValue()).isEqualTo("c0ffee");
        assertThat(node.at("/data/texts.csv").textValue()).isEqualTo("da7a");
        assertThat(node.path("device").textValue()).isEqualTo("cpu");
        assertThat(node.path("backend").textValue()).isEqualTo("PyTorch 2.7.1 (DJL 0.36)");
        assertThat(node.has("words")).isFalse();
    }

    @Test
    void whatEarlierVersionsWroteIsRead() throws JsonProcessingException {
        Provenance old = Json.MAPPER.readValue(
                "{\"sirkuit\":\"0.1\",\"checkpoint\":\"model\",\"checkpointDigest\":\"abc\",\"data\":{\"a.csv\":\"1\"},"
                        + "\"device\":\"cpu\",\"backend\":\"PyTorch 2.7.1\",\"createdAt\":\"2025-01-01T00:00:00Z\"}",
                Provenance.class);
        assertThat(old)
                .isEqualTo(new Provenance(
                        "0.1", "model", "abc", Map.of("a.csv", "1"), "cpu", "PyTorch 2.7.1", "2025-01-01T00:00:00Z"));
        assertThat(old.data()).containsExactly(Map.entry("a.csv", "1"));
        assertThat(old.words()).isEqualTo("Sirkuit 0.1, cpu, PyTorch 2.7.1");
        assertThat(old.machine().java()).isNull();
    }

    @Test
    void itsPathsAreChangedTogether() {
        Provenance moved = whole().withPaths(p -> "../" + p);
        assertThat(moved.checkpoint()).isEqualTo("../model");
        assertThat(moved.data()).containsKey("../texts.csv");
        assertThat(moved.files().get(Provenance.DATA).binding()).isEqualTo(BINDING);
    }

    @Test
    void oneThatNamesNoCheckpointIsRefused() {
        assertThatThrownBy(() -> Json.MAPPER.readValue("{\"sirkuit\":\"0.1\"}", Provenance.class))
                .hasRootCauseInstanceOf(Problem.class);
    }
}
