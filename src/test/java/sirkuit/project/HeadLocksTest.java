package sirkuit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.mask.Head;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

class HeadLocksTest {
    @TempDir
    Path folder = Path.of("");

    private Project project() {
        ProjectFile.Language language = new ProjectFile.Language("A", new DataFile("a.csv"), new DataFile("b.csv"));
        return Project.create(folder.resolve("p"), new ProjectFile(1, "p", "model", null, language, language, 16));
    }

    @Test
    void lockedHeadsAreThereWhenTheProjectIsOpenedAgain() {
        try (Project project = project()) {
            assertThat(project.locked()).isEmpty(); // as in projects of before
            project.saveLocked(List.of(new Head(1, 0), new Head(0, 3)));
        }
        try (Project again = Project.open(folder.resolve("p"))) {
            assertThat(again.locked()).containsExactly(new Head(0, 3), new Head(1, 0));
        }
    }

    @Test
    void whatANewerVersionWroteIsNeverWrittenOver() throws Exception {
        try (Project project = project()) {
            Path file = folder.resolve("p").resolve("locks.json");
            Files.writeString(file, "{\"schemaVersion\": 2, \"locked\": []}");
            assertThatThrownBy(() -> project.saveLocked(List.of())).isInstanceOf(Problem.class);
            assertThat(file).content().contains("2");
        }
    }
}
