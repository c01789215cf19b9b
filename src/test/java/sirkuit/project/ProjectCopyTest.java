package sirkuit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.mask.HeadMask;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

class ProjectCopyTest {
    @TempDir
    Path folder = Path.of("");

    private Path from = Path.of("");

    @BeforeEach
    void make() throws IOException {
        from = folder.resolve("here/project");
        Files.createDirectories(from);
        ProjectFile.Language language = new ProjectFile.Language(
                "Indonesian",
                new DataFile(from.resolve("train.csv").toString()),
                new DataFile(folder.resolve("texts/test.csv").toString()));
        Files.writeString(from.resolve("train.csv"), "text,label\n");
        try (Project project = Project.create(
                from, new ProjectFile(1, "First", folder.resolve("model").toString(), null, language, null, 64))) {
            project.saveMask("mine", HeadMask.all(2, 2));
            Files.createDirectories(from.resolve("runs/run-1"));
            Files.writeString(from.resolve("runs/run-1/events.jsonl"), "{\"v\":1}\n");
            Files.writeString(from.resolve("runs/run-1/config.json"), "damaged");
        }
    }

    @Test
    void aCopyIsAProjectOfItsOwnWhosePathsLeadToTheSameFiles() {
        Path to = folder.resolve("elsewhere/deeper/copy");
        try (Project project = Project.open(from)) {
            ProjectCopy.make(project, "Second", to);
            try (Project copy = Project.open(to)) {
                assertThat(copy.readOnly()).isFalse();
                assertThat(copy.file().name()).isEqualTo("Second");
                assertThat(copy.mask("mine").size()).isEqualTo(4);
                ProjectFile resolved = copy.resolved();
                assertThat(resolved.checkpoint())
                        .isEqualTo(folder.resolve("model").toString());
                assertThat(resolved.source().test().file())
                        .isEqualTo(folder.resolve("texts/test.csv").toString());
                assertThat(resolved.source().train().file())
                        .isEqualTo(to.resolve("train.csv").toString());
            }
        }
        assertThat(to.resolve("train.csv")).exists();
        assertThat(to.resolve("runs/run-1/events.jsonl")).hasContent("{\"v\":1}");
        assertThat(to.resolve("runs/run-1/config.json")).hasContent("damaged");
    }

    @Test
    void aFolderThatHoldsSomethingIsNotWrittenOver() throws IOException {
        Path full = folder.resolve("full");
        Files.createDirectories(full);
        Files.writeString(full.resolve("diary.txt"), "mine");
        try (Project project = Project.open(from)) {
            assertThatThrownBy(() -> ProjectCopy.make(project, "x", full))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("not empty");
            assertThatThrownBy(() -> ProjectCopy.make(project, "x", from.resolve("inside")))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("is inside the project");
        }
        assertThat(full).isDirectoryContaining(f -> f.endsWith("diary.txt"));
    }

    @Test
    void openedOnlyToReadAProjectStaysFreeForAnotherWindow() {
        try (Project reader = Project.openReadOnly(from)) {
            assertThat(reader.readOnly()).isTrue();
            assertThatThrownBy(() -> reader.saveMask("x", HeadMask.all(1, 1))).isInstanceOf(Problem.class);
            try (Project writer = Project.open(from)) {
                assertThat(writer.readOnly()).isFalse();
            }
        }
    }
}
