package sirkuit.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import sirkuit.Json;

class TuneReportTest {
    @Test
    void aScriptReadsTheResultInTheShapeItAlwaysHad() throws IOException {
        TuneReport.Scores scores = new TuneReport.Scores(0.75, 0.5, 0.25, 0.625, 0.875);
        TuneReport.Both both = new TuneReport.Both(scores, scores, Map.of("Javanese", scores));
        TuneReport.Result whole = new TuneReport.Result(
                "top 3",
                "Indonesian",
                "English",
                new TuneReport.Folders("runs/a", "runs/a/adapted"),
                new TuneReport.Steps(40, 30, List.of("target"), null),
                new TuneReport.Change(both, both, 1.5),
                new TuneReport.Cost(100, 2000L, -1, 3.5));
        assertThat(Json.pretty(whole)).isEqualTo(text("result.json"));
        TuneReport.Result least = new TuneReport.Result(
                "top 3",
                null,
                null,
                new TuneReport.Folders("runs/a", "runs/a/adapted"),
                new TuneReport.Steps(40, 40, List.of(), null),
                new TuneReport.Change(both, both, null),
                new TuneReport.Cost(100, null, -1, 3.5));
        assertThat(Json.pretty(least)).isEqualTo(text("result-least.json"));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = TuneReportTest.class.getResourceAsStream("/sirkuit/files/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
