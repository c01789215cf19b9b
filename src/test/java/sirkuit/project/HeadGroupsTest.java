package sirkuit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.mask.Head;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

class HeadGroupsTest {
    private static final Head A = new Head(0, 3);
    private static final Head B = new Head(1, 0);

    @TempDir
    Path folder = Path.of("");

    private Project project() {
        ProjectFile.Language language = new ProjectFile.Language("A", new DataFile("a.csv"), new DataFile("b.csv"));
        return Project.create(folder.resolve("p"), new ProjectFile(1, "p", "model", null, language, language, 16));
    }

    private Path file() {
        return folder.resolve("p").resolve("groups.json");
    }

    @Test
    void groupsAreThereWhenTheProjectIsOpenedAgain() {
        HeadGroup first = new HeadGroup("readers", new TreeSet<>(List.of(B, A)), true);
        HeadGroup second = new HeadGroup("name = \"x\"", new TreeSet<>(List.of(B)), false);
        try (Project project = project()) {
            assertThat(HeadGroups.read(project)).isEmpty(); // as in projects of before
            HeadGroups.save(project, List.of(first, second));
        }
        try (Project again = Project.open(folder.resolve("p"))) {
            assertThat(HeadGroups.read(again)).containsExactly(first, second);
        }
    }

    @Test
    void whatIsMissingOrUnknownInTheFileDoesNoHarm() throws Exception {
        try (Project project = project()) {
            Files.writeString(file(), """
                    {"schemaVersion": 1, "colour": "red", "groups": [
                      {"name": "a", "heads": [[1, 0], [0, 3], [1, 0]], "note": "later"},
                      {"name": "a", "heads": [[0, 3]]},
                      {"heads": [[0, 3]]},
                      {"name": "empty"},
                      null
                    ]}""");
            assertThat(HeadGroups.read(project))
                    .containsExactly(
                            new HeadGroup("a", new TreeSet<>(List.of(A, B)), false),
                            new HeadGroup("a 2", new TreeSet<>(List.of(A)), false));
            Files.writeString(file(), "{\"schemaVersion\": 1}");
            assertThat(HeadGroups.read(project)).isEmpty();
        }
    }

    @Test
    void whatANewerVersionWroteOrIsDamagedIsNeverWrittenOver() throws Exception {
        try (Project project = project()) {
            for (String text : List.of(
                    "{\"schemaVersion\": 2, \"groups\": []}",
                    "{\"schemaVersion\": 1, \"groups\": [{\"name\": \"a\", \"heads\": [[1]]}]}")) {
                Files.writeString(file(), text);
                assertThatThrownBy(() -> HeadGroups.save(project, List.of())).isInstanceOf(Problem.class);
                assertThat(file()).hasContent(text);
            }
        }
    }

    @Test
    void aProjectThatIsOnlyReadKeepsItsGroups() {
        project().close();
        try (Project project = Project.openReadOnly(folder.resolve("p"))) {
            assertThatThrownBy(() -> HeadGroups.save(project, List.of())).isInstanceOf(Problem.class);
            assertThat(file()).doesNotExist();
        }
    }
}
