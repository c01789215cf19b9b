package sirkuit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;

class ProjectTest {
    @TempDir
    Path folder = Path.of("");

    private ProjectFile content() {
        return new ProjectFile(
                ProjectFile.VERSION,
                "demo",
                folder.resolve("model").toString(),
                null,
                new ProjectFile.Language(
                        "Indonesian",
                        new DataFile(folder.resolve("id/train.csv").toString()),
                        new DataFile(folder.resolve("id/test.csv").toString())),
                null,
                64);
    }

    @Test
    void pathsAreStoredRelativeAndResolvedAgain() {
        try (Project project = Project.create(folder.resolve("p"), content())) {
            assertThat(project.file().checkpoint()).isEqualTo("../model");
            assertThat(project.resolved()).isEqualTo(content());
        }
    }

    @Test
    void aMovedProjectStillFindsItsNeighbours() throws IOException {
        Project.create(folder.resolve("a/p"), content()).close();
        Files.createDirectories(folder.resolve("b"));
        Files.move(folder.resolve("a/p"), folder.resolve("b/p"));
        try (Project project = Project.open(folder.resolve("b/p/project.json"))) {
            assertThat(project.resolved().checkpoint())
                    .isEqualTo(folder.resolve("model").toString());
        }
    }

    @Test
    void theSecondWindowOnlyReads() {
        try (Project first = Project.create(folder.resolve("p"), content());
                Project second = Project.open(folder.resolve("p"))) {
            assertThat(first.readOnly()).isFalse();
            assertThat(second.readOnly()).isTrue();
            assertThatThrownBy(() -> second.saveMask("x", HeadMask.none(1, 1)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("another window");
            first.saveMask("x", HeadMask.none(1, 1));
        }
        try (Project third = Project.open(folder.resolve("p"))) {
            assertThat(third.readOnly()).isFalse();
        }
    }

    @Test
    void scoresMasksAndRunsAreFoundAgain() {
        HeadMask mask = new HeadMask(2, 4, List.of(new Head(1, 3)), "by hand");
        String id;
        try (Project project = Project.create(folder.resolve("p"), content())) {
            id = project.saveScores(scores());
            project.saveMask("my mask", mask);
            RunFolder run = project.newRun();
            run.writeConfig(config(mask));
            assertThat(project.newRun().id()).isNotEqualTo(run.id());
        }
        try (Project project = Project.open(folder.resolve("p"))) {
            assertThat(project.scoreIds()).containsExactly(id);
            assertThat(project.scores(id).scores().score(new Head(0, 1))).isEqualTo(0.25);
            assertThat(project.scores(id).scores().score(new Head(1, 1))).isNaN();
            assertThat(project.mask("my mask")).isEqualTo(mask);
            assertThat(project.runs()).hasSize(1);
            assertThat(project.runs().getFirst().config()).isEqualTo(config(mask));
        }
    }

    @Test
    void damagedNewerAndForeignFilesAreNamed() throws IOException {
        Path p = folder.resolve("p");
        assertThatThrownBy(() -> Project.open(p)).isInstanceOf(Problem.class).hasMessageContaining("project.json");
        Project.create(p, content()).close();
        assertThatThrownBy(() -> Project.create(p, content())).hasMessageContaining("holds a project already");
        Path file = p.resolve("project.json");
        String good = Files.readString(file);
        Files.writeString(file, good.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 99"));
        assertThatThrownBy(() -> Project.open(p)).hasMessageContaining("newer Sirkuit");
        Files.writeString(file, good.substring(0, 40));
        assertThatThrownBy(() -> Project.open(p))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("project.json")
                .hasMessageContaining("line");
    }

    @Test
    void aLineCutShortByACrashIsLeftOut() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("run"));
        try (EventLog log = EventLog.create(run.eventsFile())) {
            log.append("{\"a\":1}");
        }
        Files.writeString(run.eventsFile(), Files.readString(run.eventsFile()) + "{\"b\":");
        assertThat(run.eventLines()).containsExactly("{\"a\":1}");
        assertThatThrownBy(() -> EventLog.create(run.eventsFile())).isInstanceOf(Problem.class);
    }

    /// A real full disk: a file system of 64 kB. Only root may mount one, so others skip this.
    @Test
    void aFullDiskLosesNothing() throws IOException, InterruptedException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        int mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor();
        Assumptions.assumeTrue(mounted == 0, "only root can mount the small disk that this test fills");
        try {
            Path file = disk.resolve("mask.json");
            AtomicFile.write(file, "before");
            assertThatThrownBy(() -> AtomicFile.write(file, "x".repeat(200_000)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("disk is full")
                    .hasMessageContaining("mask.json");
            assertThat(Files.readString(file)).isEqualTo("before");
            try (var left = Files.list(disk)) {
                assertThat(left).containsExactly(file);
            }
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }

    private static ScoreRecord scores() {
        Double[][] score = {{0.5, 0.25}, {-1.0, null}};
        Provenance provenance = new Provenance("0", "model", "abc", Map.of("f", "d"), "cpu", "test", "now");
        return new ScoreRecord(
                1,
                ScoreMethod.CDT,
                false,
                2,
                2,
                score,
                score,
                120,
                180,
                new int[] {60, 60, 60},
                0,
                3,
                List.of("a", "b", "c"),
                64,
                0,
                1.5,
                provenance);
    }

    private static RunConfig config(HeadMask mask) {
        return new RunConfig(
                1,
                "run",
                "../model",
                null,
                RunConfig.Trained.MASK,
                mask,
                true,
                false,
                new DataFile("a.csv"),
                new DataFile("b.csv"),
                null,
                RunConfig.Settings.DEFAULT);
    }
}
