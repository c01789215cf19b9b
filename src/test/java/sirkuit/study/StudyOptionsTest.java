package sirkuit.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.Problem;
import sirkuit.record.DataFile;
import sirkuit.record.Replay;
import sirkuit.record.RunConfig;

/// Strategies with last layers, L2-SP and replay in a study's file and in its runs.
class StudyOptionsTest {
    @TempDir
    Path folder;

    private StudyPlan plan(StudyStrategy... strategies) {
        DataFile texts = new DataFile(folder.resolve("texts.csv").toString());
        return new StudyPlan(
                StudyPlan.VERSION,
                "study",
                folder.resolve("model").toString(),
                null,
                null,
                texts,
                Map.of(),
                new StudyPlan.Grid(
                        List.of(new StudyPlan.Target("language", texts, texts)), List.of(strategies), List.of(0L, 1L)),
                RunConfig.Settings.DEFAULT,
                RunConfig.Course.DEFAULT);
    }

    private StudyStrategy[] strategies() {
        Replay replay = new Replay(new DataFile(folder.resolve("again.csv").toString()), 0.25);
        return new StudyStrategy[] {
            StudyStrategy.full(1e-4),
            StudyStrategy.biases(1e-3),
            StudyStrategy.topLayers(2, 1e-4).keeping("top-layers-2+l2-sp-0.5", 0.5, null),
            StudyStrategy.full(1e-4).keeping("full+replay-0.25", null, replay).at(List.of(1e-5, 1e-4))
        };
    }

    @Test
    void aStudyIsReadAsItWasWrittenAndItsTextsAreFoundFromItsFolder() throws IOException {
        StudyPlan plan = plan(strategies());
        Path study = Files.createDirectories(folder.resolve("studies/one"));
        plan.write(study);
        assertThat(Files.readString(study.resolve("study.json"))).contains("\"../../again.csv\"");
        assertThat(StudyPlan.read(study)).isEqualTo(plan);
        assertThat(plan.namedFiles()).contains(folder.resolve("again.csv").toString());
        assertThatThrownBy(() -> Json.read(study.resolve("study.json"), StudyPlan.class, 1, JsonKind.STUDY))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("written by a newer Sirkuit");
    }

    @Test
    void eachRunHasTheOptionsOfItsStrategyAndNoOther() {
        List<StudyPlan.Cell> cells = plan(strategies()).cells(folder);
        for (StudyPlan.Cell cell : cells) {
            RunConfig run = cell.config();
            RunConfig.Parameters what =
                    switch (cell.strategy()) {
                        case "biases" -> RunConfig.Parameters.biases(false);
                        case "top-layers-2+l2-sp-0.5" -> RunConfig.Parameters.topLayers(2);
                        default -> RunConfig.Parameters.FULL;
                    };
            assertThat(run.parameters()).as(cell.strategy()).isEqualTo(what);
            assertThat(run.settings().optimizer().l2sp())
                    .isEqualTo(cell.strategy().contains("l2-sp") ? (Double) 0.5 : null);
            assertThat(run.data().replay() != null).isEqualTo(cell.strategy().contains("replay"));
        }
        // two seeds each; the last at two rates
        assertThat(cells).hasSize(2 * 5);
    }

    /// Files of other studies stay readable for earlier versions.
    @Test
    void aStudyWithoutOptionsIsWrittenAsBefore() {
        StudyPlan plan = plan(StudyStrategy.full(1e-4), StudyStrategy.norms(2, 4, 1e-3));
        assertThat(Json.line(plan)).startsWith("{\"schemaVersion\":1,").doesNotContain("options");
    }
}
