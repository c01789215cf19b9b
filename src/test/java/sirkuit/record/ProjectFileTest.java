package sirkuit.record;

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
import sirkuit.JsonKind;
import sirkuit.Problem;

/// The targets of a project.
class ProjectFileTest {
    private static final ProjectFile ONE =
            new ProjectFile(1, "p", "model", null, language("Indonesian"), language("Minangkabau"), 64);
    private static final ProjectFile THREE = ONE.adding(language("Javanese")).adding(language("Acehnese"));

    @TempDir
    Path folder = Path.of("");

    private static ProjectFile.Language language(String name) {
        return new ProjectFile.Language(name, new DataFile(name + "/train.csv"), new DataFile(name + "/test.csv"));
    }

    private static List<String> names(ProjectFile file) {
        return file.allTargets().stream().map(ProjectFile.Language::name).toList();
    }

    private static String now(ProjectFile file) {
        return Objects.requireNonNull(file.target()).name();
    }

    private ProjectFile read(String json) throws IOException {
        Path file = folder.resolve("project.json");
        Files.writeString(file, json);
        return Json.read(file, ProjectFile.class, ProjectFile.VERSION, JsonKind.PROJECT);
    }

    @Test
    void aProjectWithOneTargetIsWrittenAsBefore() throws IOException {
        String json = Json.pretty(ONE);
        assertThat(json).contains("\"target\"").doesNotContain("targets");
        assertThat(read(json)).isEqualTo(ONE);
        assertThat(names(ONE)).containsExactly("Minangkabau");
    }

    @Test
    void severalTargetsAreWrittenAndReadInTheirOrder() throws IOException {
        ProjectFile chosen = THREE.choosing("Javanese");
        assertThat(read(Json.pretty(chosen))).isEqualTo(chosen);
        assertThat(names(chosen)).containsExactly("Minangkabau", "Javanese", "Acehnese");
        assertThat(now(chosen)).isEqualTo("Javanese");
        assertThat(chosen.namedFiles()).contains("Minangkabau/train.csv", "Acehnese/test.csv");
    }

    @Test
    void theAddedTargetIsTheOneToLearnNow() {
        assertThat(now(THREE)).isEqualTo("Acehnese");
        assertThat(now(ONE.removing("Minangkabau").adding(language("Javanese"))))
                .isEqualTo("Javanese");
    }

    @Test
    void otherTextsTakeThePlaceOfTheTargetToLearnNow() {
        ProjectFile changed = THREE.choosing("Javanese").withTarget(language("Balinese"));
        assertThat(names(changed)).containsExactly("Minangkabau", "Balinese", "Acehnese");
        assertThat(now(changed)).isEqualTo("Balinese");
        assertThat(names(THREE.withTarget(null))).containsExactly("Minangkabau", "Javanese");
    }

    @Test
    void aTargetIsRenamedInItsPlace() {
        ProjectFile renamed = THREE.renaming("javanese", "Jawa");
        assertThat(names(renamed)).containsExactly("Minangkabau", "Jawa", "Acehnese");
        assertThat(now(renamed)).isEqualTo("Acehnese");
        assertThat(now(THREE.renaming("Acehnese", "Aceh"))).isEqualTo("Aceh");
        assertThat(names(THREE.renaming("Acehnese", "ACEHNESE"))).contains("ACEHNESE");
    }

    @Test
    void theNextTargetIsLearnedAfterOneIsRemoved() {
        assertThat(now(THREE.choosing("Minangkabau").removing("Minangkabau"))).isEqualTo("Javanese");
        assertThat(now(THREE.removing("Acehnese"))).isEqualTo("Javanese");
        assertThat(now(THREE.removing("Javanese"))).isEqualTo("Acehnese");
        assertThat(ONE.removing("Minangkabau").target()).isNull();
        assertThat(THREE.removing("Balinese")).isEqualTo(THREE);
    }

    @Test
    void twoTargetsCannotHaveOneName() {
        for (String name : List.of("Minangkabau", "minangkabau ")) {
            assertThatThrownBy(() -> THREE.adding(language(name)))
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.what()).contains("two targets", name.strip()));
        }
        assertThatThrownBy(() -> THREE.renaming("Javanese", "Acehnese")).isInstanceOf(Problem.class);
    }

    /// Someone has written the file by hand.
    @Test
    void theTargetOnItsOwnCountsAndIsAmongAll() throws IOException {
        String json = Json.pretty(ONE.adding(language("Javanese")).choosing("Minangkabau"));
        ProjectFile none = read(json.replaceFirst("(?s)\"target\" : \\{.*?\\}\\s*\\},", ""));
        assertThat(now(none)).isEqualTo("Minangkabau");
        ProjectFile other = read(json.replaceFirst("\"name\" : \"Minangkabau\"", "\"name\" : \"Balinese\""));
        assertThat(names(other)).containsExactly("Balinese", "Minangkabau", "Javanese");
        ProjectFile texts = read(json.replaceFirst("Minangkabau/train.csv", "more/train.csv"));
        assertThat(texts.allTargets()).hasSize(2).contains(texts.target());
        assertThat(texts.namedFiles()).contains("more/train.csv").doesNotContain("Minangkabau/train.csv");
    }

    @Test
    void aRunIsComparedWithTheTargetThatItIsMostLike() {
        RunConfig run = new RunConfig(
                        RunConfig.VERSION,
                        "r",
                        "model",
                        null,
                        new RunConfig.Parameters(RunConfig.Trained.FULL, null, true, false),
                        new RunConfig.Data(
                                language("Javanese").train(),
                                language("Javanese").test(),
                                language("Indonesian").test()),
                        RunConfig.Settings.DEFAULT)
                .named("Javanese", "Indonesian");
        RunTexts texts = RunTexts.of(run, GuessedNames.byName());
        assertThat(texts.differences(THREE)).contains(RunTexts.Difference.TARGET);
        assertThat(texts.leastDifferences(THREE)).isEmpty();
        assertThat(texts.leastDifferences(THREE.removing("Javanese"))).contains(RunTexts.Difference.TARGET);
        assertThat(texts.leastDifferences(ONE.removing("Minangkabau"))).containsExactly(RunTexts.Difference.TARGET);
    }
}
