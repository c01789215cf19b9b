package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sirkuit.Shared;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.DataFile;

/// Numbers that were computed elsewhere, in float64.
class GoldenTest {
    @Test
    void theReferenceCaseIsMet() throws InterruptedException {
        String place = Shared.path("golden/bert").toString();
        try (EngineProcess engine = new EngineProcess()) {
            List<Event> events = engine.ask(new Request.Verify(List.of(place), null));
            Event.Verified verified = EngineProcess.only(events, Event.Verified.class);
            assertThat(verified.passed()).as(verified.deviations().toString()).isTrue();
            assertThat(verified.deviations())
                    .containsKeys(
                            "logits",
                            "cdt/directional",
                            "gradient",
                            "masked_finetuning/losses",
                            "frozen entries changed");
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
