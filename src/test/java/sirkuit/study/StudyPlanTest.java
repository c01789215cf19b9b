package sirkuit.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.record.LearningRate;
import sirkuit.record.RunConfig;

class StudyPlanTest {
    @TempDir
    Path folder = Path.of("");

    private String written(StudyPlan plan) throws IOException {
        plan.write(folder.resolve("study"));
        return Files.readString(folder.resolve("study/study.json"));
    }

    @Test
    void aPlanWithASingleRateIsAFileOfTheFirstVersion() throws IOException {
        StudyPlan plan = MadeStudy.plan(folder, List.of(2e-4), List.of(0L), false, null);
        String file = written(plan);
        assertThat(file)
                .contains("\"schemaVersion\" : 1", "\"learningRate\" : 2.0E-4")
                .doesNotContain("learningRates", "halving", "valid");
        assertThat(StudyPlan.read(folder.resolve("study"))).isEqualTo(plan);
        StudyPlan.Cell cell = plan.cells(folder).getFirst();
        assertThat(cell.folder()).isEqualTo(folder.resolve("runs/Acehnese/full/seed-0"));
        assertThat(cell.config().name()).isEqualTo("Acehnese, full, seed 0");
        assertThat(cell.config().hasValid()).isFalse();
    }

    /// Earlier versions say that the file is of a newer version. Even without this they would refuse the strategy: they
    /// read a missing `learningRate` as 0.
    @Test
    void severalRatesAreAFileThatEarlierVersionsRefuse() throws IOException {
        StudyPlan plan = MadeStudy.plan(folder, List.of(5e-5, 1e-5, 2.7e-5), List.of(0L, 1L), true, null);
        String file = written(plan);
        assertThat(file)
                .contains("\"schemaVersion\" : 2", "\"learningRates\" : [ 1.0E-5, 2.7E-5, 5.0E-5 ]")
                .contains("\"halving\" : true");
        assertThat(Json.MAPPER.readTree(file).path("strategies").get(0).has("learningRate"))
                .isFalse();
        assertThat(StudyPlan.read(folder.resolve("study"))).isEqualTo(plan);
        List<StudyPlan.Cell> cells = plan.cells(folder);
        assertThat(cells).hasSize(12).hasSize(plan.size());
        assertThat(cells.get(1).folder()).isEqualTo(folder.resolve("runs/Acehnese/full/rate-2.7e-5/seed-0"));
        assertThat(cells.get(1).config().name()).isEqualTo("Acehnese, full, rate 2.7e-5, seed 0");
        assertThat(cells).extracting(StudyPlan.Cell::folder).doesNotHaveDuplicates();
        assertThat(cells).allMatch(c -> Objects.equals(c.config().data().validShare(), RunConfig.Data.FIFTH));
    }

    @Test
    void aValidFileChoosesAndIsPartOfThePlan() throws IOException {
        StudyPlan plan = MadeStudy.plan(folder, List.of(2e-4), List.of(0L), false, "valid.csv");
        assertThat(written(plan)).contains("\"schemaVersion\" : 2", "\"valid\" : {");
        assertThat(StudyPlan.read(folder.resolve("study"))).isEqualTo(plan);
        String valid = folder.resolve("valid.csv").toString();
        assertThat(plan.namedFiles()).contains(valid);
        assertThat(Objects.requireNonNull(
                                plan.cells(folder).getFirst().config().data().valid())
                        .file())
                .isEqualTo(valid);
    }

    @Test
    void ratesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> StudyStrategy.full(1e-4).at(List.of(1e-5, 1e-5)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("the learning rate 1e-5 twice");
        assertThatThrownBy(() -> StudyStrategy.full(1e-4).at(List.of(1e-5, -1e-5)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("learningRate");
        assertThatThrownBy(() -> StudyStrategy.full(1e-4).at(List.of())).isInstanceOf(Problem.class);
    }

    @Test
    void aRateIsWrittenAsPeopleWriteIt() {
        assertThat(List.of(5e-5, 2.7e-4, 1e-3, 0.1, 1.0, 20.0, 1.2345e-7))
                .extracting(LearningRate::words)
                .containsExactly("5e-5", "2.7e-4", "1e-3", "1e-1", "1e0", "2e1", "1.2345e-7");
    }
}
