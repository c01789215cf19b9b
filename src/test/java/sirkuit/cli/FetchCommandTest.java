package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.Program;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.hub.HubServer;

/// `sirkuit fetch` as a process of its own, by what its environment says.
@UsesProcess
class FetchCommandTest {
    @TempDir
    Path folder = Path.of("");

    private record Said(int status, String out, String err) {}

    private Said run(String endpoint, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Program.MAIN,
                "fetch"));
        command.addAll(List.of(words));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        process.environment().put("HF_ENDPOINT", endpoint);
        process.environment().put("HF_HOME", folder.resolve("hf").toString());
        process.environment().put("SIRKUIT_HOME", folder.toString());
        int status = process.start().waitFor();
        return new Said(
                status,
                Files.readString(folder.resolve("out"), StandardCharsets.UTF_8),
                Files.readString(folder.resolve("err"), StandardCharsets.UTF_8));
    }

    @Test
    void aCheckpointIsFetchedAndIsThereWithoutTheHub() throws Exception {
        Path original = TinyCheckpoint.write(folder.resolve("original"), 3);
        String endpoint;
        try (HubServer hub = new HubServer().offering(original)) {
            endpoint = hub.address();
            Said fetched = run(
                    endpoint,
                    HubServer.MODEL,
                    "--json",
                    "--to",
                    folder.resolve("copy").toString());
            assertThat(fetched.status()).as(fetched.err()).isZero();
            JsonNode told = Json.MAPPER.readTree(fetched.out());
            assertThat(told.path("from").asText()).isEqualTo(endpoint);
            assertThat(told.path("bytes").asLong()).isPositive();
            assertThat(folder.resolve("copy").resolve("model.safetensors"))
                    .hasSameBinaryContentAs(original.resolve("model.safetensors"));
        }
        Said again = run(endpoint, HubServer.MODEL);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.err()).contains("cannot be reached: nobody answers there; this is the copy in the cache");
        assertThat(Path.of(again.out().strip()).resolve("model.safetensors"))
                .hasSameBinaryContentAs(original.resolve("model.safetensors"));
        Said unknown = run(endpoint, "no-org/no-model", "--offline");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).startsWith("sirkuit: no-org/no-model is not in the cache");
        assertThat(run(endpoint, "../x").status()).isEqualTo(2);
    }
}
