package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import sirkuit.UsesProcess;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// Numbers that `src/test/python/make_reference_case.py` computed in float64, for families without a shared case.
@UsesProcess
class ReferenceTest {
    private static final Path FOLDER = Path.of("src/test/resources/sirkuit/reference");

    @Test
    void theCasesOfTheProjectAreMet() throws InterruptedException, IOException {
        List<String> places;
        try (var folders = Files.list(FOLDER)) {
            places = folders.filter(Files::isDirectory)
                    .map(f -> f.toAbsolutePath().toString())
                    .sorted()
                    .toList();
        }
        assertThat(places).isNotEmpty();
        try (EngineProcess engine = new EngineProcess()) {
            List<Event.Verified> verified = engine.ask(new Request.Verify(places, null)).stream()
                    .filter(Event.Verified.class::isInstance)
                    .map(Event.Verified.class::cast)
                    .toList();
            assertThat(verified).hasSameSizeAs(places);
            assertThat(verified).allSatisfy(v -> {
                assertThat(v.passed()).as(v.name() + " " + v.deviations()).isTrue();
                assertThat(v.deviations())
                        .containsKeys(
                                "logits",
                                "mean_activation",
                                "cdt/directional",
                                "cdt/magnitude",
                                "cdt/relevant_logits",
                                "gradient",
                                "mean_ablation",
                                "masked_finetuning/losses",
                                "masked_finetuning/logits_after",
                                "frozen entries changed");
            });
        }
    }
}
