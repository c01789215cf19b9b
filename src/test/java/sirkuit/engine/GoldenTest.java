package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import sirkuit.Shared;
import sirkuit.UsesProcess;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;

/// Numbers that were computed elsewhere, in float64.
@UsesProcess
class GoldenTest {
    /// Every family: encoders, decoders, a language model with a verbalizer.
    @Test
    void theReferenceCasesAreMet() throws InterruptedException, IOException {
        List<String> places;
        try (var folders = Files.list(Shared.path("golden"))) {
            places = folders.filter(Files::isDirectory)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
        assertThat(places).hasSizeGreaterThanOrEqualTo(12);
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
                                "cdt/directional",
                                "cdt_stabilised/magnitude",
                                "gradient",
                                "mean_ablation",
                                "edges",
                                "masked_finetuning/losses",
                                "frozen entries changed");
            });
        }
    }

    @Test
    void theSharedCheckpointGets350Of400Right() throws InterruptedException {
        Request.Model model =
                new Request.Model(Shared.path("real/indonesian-sentiment-bert").toString(), null, 64);
        DataFile test =
                new DataFile(Shared.path("real/nusax-senti/indonesian/test.csv").toString());
        try (EngineProcess engine = new EngineProcess()) {
            Quality quality = EngineProcess.only(engine.ask(new Request.Evaluate(model, test)), Event.Measured.class)
                    .quality();
            assertThat(quality.examples()).isEqualTo(400);
            assertThat(quality.accuracy()).isEqualTo(0.875);
        }
    }

    /// The same inputs, seed and settings give the same scores to the last bit.
    @Test
    void scoresAreReproducible() throws InterruptedException {
        Request.Model model =
                new Request.Model(Shared.path("real/indonesian-sentiment-bert").toString(), null, 64);
        DataFile train = new DataFile(
                Shared.path("real/nusax-senti/indonesian/train.csv").toString());
        Request.Score request = new Request.Score(model, train, ScoreMethod.CDT, false, 30, 12, 3, null);
        try (EngineProcess engine = new EngineProcess()) {
            var one =
                    EngineProcess.only(engine.ask(request), Event.Scored.class).scores();
            var two =
                    EngineProcess.only(engine.ask(request), Event.Scored.class).scores();
            assertThat(one.score()).isDeepEqualTo(two.score());
        }
    }
}
