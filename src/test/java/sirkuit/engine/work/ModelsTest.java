package sirkuit.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.dataset.Dataset;
import sirkuit.device.Backend;
import sirkuit.protocol.Request;
import sirkuit.tuning.Evaluation;

/// Checkpoints that several threads of the engine have open.
@UsesEngine
class ModelsTest {
    @TempDir
    Path folder = Path.of("");

    private Request.Model asked(String name, int length) {
        return new Request.Model(folder.resolve(name).toString(), null, length);
    }

    private static float[] logits(Models.Loaded loaded) {
        return Evaluation.logits(
                loaded.model().network(),
                loaded.model().manager(),
                loaded.tokens(List.of(new Dataset.Example("buku itu", null, 0))),
                () -> {});
    }

    @Test
    void questionsKeepTwoCheckpointsToCompareThem() {
        TinyCheckpoint.write(folder.resolve("one"), 1);
        TinyCheckpoint.write(folder.resolve("two"), 2);
        TinyCheckpoint.write(folder.resolve("three"), 3);
        try (Models run = new Models(Backend.start("cpu", 1))) {
            Models questions = run.beside();
            Models.Loaded one = questions.open(asked("one", 16));
            Models.Loaded two = questions.open(asked("two", 16));
            assertThat(questions.open(asked("one", 16))).isSameAs(one);
            assertThat(questions.open(asked("two", 16))).isSameAs(two);
            questions.open(asked("three", 16));
            assertThat(questions.open(asked("two", 16))).isSameAs(two);
            assertThat(questions.open(asked("one", 16))).as("used longest ago").isNotSameAs(one);
        }
    }

    @Test
    void aCheckpointInUseIsSharedAndStaysUntilNobodyUsesIt() {
        TinyCheckpoint.write(folder.resolve("one"), 1);
        TinyCheckpoint.write(folder.resolve("two"), 2);
        try (Models run = new Models(Backend.start("cpu", 1))) {
            Models questions = run.beside();
            Models.Loaded trained = run.open(asked("one", 16));
            float[] before = logits(trained);
            assertThat(questions.open(asked("one", 16))).isSameAs(trained);
            assertThat(questions.open(asked("one", 24))).isNotSameAs(trained);
            assertThat(questions.open(asked("one", 24)).model()).isSameAs(trained.model());
            Models.Loaded other = questions.open(asked("two", 16));
            assertThat(other.model()).isNotSameAs(trained.model());
            assertThat(logits(other)).isNotEqualTo(before);
            assertThat(logits(trained)).isEqualTo(before);

            questions.rest();
            assertThat(questions.open(asked("two", 16)))
                    .as("kept for the next question")
                    .isSameAs(other);
            questions.rest();
            run.rest();
            Models.Loaded again = run.open(asked("one", 20));
            assertThat(again.model()).as("still in memory").isSameAs(trained.model());
            assertThat(logits(again)).isEqualTo(before);
            assertThat(questions.open(asked("two", 16)))
                    .as("closed when another was opened")
                    .isNotSameAs(other);
        }
    }
}
