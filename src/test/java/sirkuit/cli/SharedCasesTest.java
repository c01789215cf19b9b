package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sirkuit.Json;
import sirkuit.Shared;
import sirkuit.UsesProcess;

/// Folders and files as people have them, with what is right for each: values from transformers, or what a refusal must
/// say. Where a case is about the environment, [LauncherLocaleTest] has it.
@UsesProcess
class SharedCasesTest {
    @TempDir
    Path out;

    static Stream<Path> cases() throws IOException {
        Path folder = Path.of("..", "shared", "cases");
        if (!Files.isDirectory(folder)) {
            return Stream.of(Path.of("absent"));
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(c -> Files.exists(c.resolve("case.json"))).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatPeopleBringIsReadRightOrRefusedWithTheRemedy(Path one) throws IOException {
        Path shared = Shared.path("cases").getParent();
        JsonNode it = Json.tree(one.resolve("case.json"));
        List<Object> words = new ArrayList<>();
        for (JsonNode word : it.path("args")) {
            words.add(word.asText()
                    .replace("{case}", one.toAbsolutePath().normalize().toString())
                    .replace("{shared}", shared.toString())
                    .replace("{out}", out.toString()));
        }
        CommandLineTest.Result result = CommandLineTest.run(words.toArray());
        JsonNode expect = it.path("expect");
        if (expect.has("refuses")) {
            assertThat(result.status()).as("%s was accepted", one).isNotZero();
        } else {
            assertThat(result.status()).as(result.err()).isZero();
        }
        for (String kind : List.of("refuses", "says")) {
            for (JsonNode said : expect.path(kind)) {
                assertThat(Pattern.compile(said.asText(), Pattern.CASE_INSENSITIVE)
                                .matcher(result.err())
                                .find())
                        .as("/%s/ in %s", said.asText(), result.err())
                        .isTrue();
            }
        }
        for (String figure : List.of("examples", "accuracy", "macroF1")) {
            if (expect.has(figure)) {
                String[] lines = result.out().strip().split("\n", -1);
                assertThat(Json.MAPPER
                                .readTree(lines[lines.length - 1])
                                .path(figure)
                                .asDouble())
                        .isCloseTo(expect.path(figure).asDouble(), within(2e-3));
            }
        }
        if (expect.has("probabilities")) {
            requireProbabilities(expect.path("probabilities"));
        }
    }

    private void requireProbabilities(JsonNode expected) throws IOException {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(out.resolve("p.csv"))) {
            List<NamedCsvRecord> rows = csv.stream().toList();
            assertThat(rows).hasSize(expected.size());
            List<String> columns = rows.getFirst().getHeader().stream()
                    .filter(c -> c.startsWith("probability_"))
                    .toList();
            for (int i = 0; i < rows.size(); i++) {
                assertThat(columns).hasSize(expected.get(i).size());
                for (int c = 0; c < columns.size(); c++) {
                    assertThat(Double.parseDouble(rows.get(i).getField(columns.get(c))))
                            .as("row %d, %s", i, columns.get(c))
                            .isCloseTo(expected.get(i).get(c).asDouble(), within(2e-4));
                }
            }
        }
    }
}
