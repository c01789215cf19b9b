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
import sirkuit.UsesProcess;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.EventLog;
import sirkuit.run.RunFolder;

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

    /// Closing the second must not give away what the first holds (POSIX locks belong to the process).
    @Test
    @UsesProcess
    void closingTheReaderLeavesTheWriterItsLock() throws IOException, InterruptedException {
        try (Project first = Project.create(folder.resolve("p"), content())) {
            Project.open(folder.resolve("p")).close();
            try (Project third = Project.open(folder.resolve("p"))) {
                assertThat(third.readOnly()).isTrue();
            }
            assertThat(lockedForOthers(folder.resolve("p/.lock"))).isTrue();
            assertThat(first.readOnly()).isFalse();
        }
        assertThat(lockedForOthers(folder.resolve("p/.lock"))).isFalse();
    }

    /// Asks a process of its own: within one, Java knows of its locks without the system.
    @UsesProcess
    private static boolean lockedForOthers(Path file) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path asks = Files.createTempFile(file.getParent(), "Asks", ".java");
        Files.writeString(asks, """
                void main(String[] args) throws Exception {
                    try (var c = java.nio.channels.FileChannel.open(
                            java.nio.file.Path.of(args[0]), java.nio.file.StandardOpenOption.WRITE)) {
                        System.exit(c.tryLock() == null ? 10 : 11);
                    }
                }
                """);
        int status = new ProcessBuilder(java, asks.toString(), file.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(status).isBetween(10, 11);
        return status == 10;
    }

    @Test
    void aFieldThatIsMissingOrNullIsNamed() throws IOException {
        Project.create(folder.resolve("p"), content()).close();
        Path file = folder.resolve("p/project.json");
        String good = Files.readString(file);
        for (String[] bad : new String[][] {
            {good.replaceAll("\"train\" : \\{[^}]*}", "\"train\" : null"), "\"train\" is missing"},
            {good.replace("\"name\" : \"demo\"", "\"name\" : null"), "\"name\" is missing"},
            {good.replace("\"maxLength\" : 64", "\"maxLength\" : -1"), "\"maxLength\" is -1"},
            {
                good.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2, \"source\" : 7")
                        .replaceFirst(", \"source\" : 7", ""),
                "newer Sirkuit"
            },
            {good.replace("\"schemaVersion\" : 1,", ""), "schemaVersion"},
            {"{\"schemaVersion\" : 9, \"name\" : [\"another\", \"shape\"]}", "newer Sirkuit (schema 9)"},
        }) {
            assertThat(bad[0]).isNotEqualTo(good);
            Files.writeString(file, bad[0]);
            assertThatThrownBy(() -> Project.open(folder.resolve("p")))
                    .as(bad[1])
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("project.json")
                    .hasMessageContaining(bad[1]);
        }
        Files.writeString(file, good.replace(",\n  \"maxLength\" : 64", ""));
        try (Project project = Project.open(folder.resolve("p"))) {
            assertThat(project.file().maxLength()).isEqualTo(64);
        }
    }

    private RunConfig run() {
        return new RunConfig(
                RunConfig.VERSION,
                "run",
                folder.resolve("model").toString(),
                null,
                RunConfig.Parameters.FULL,
                new RunConfig.Data(
                        new DataFile(folder.resolve("min/train.csv").toString()),
                        new DataFile(folder.resolve("min/test.csv").toString()),
                        null),
                RunConfig.Settings.DEFAULT);
    }

    @Test
    void aRunThatMovedWithItsNeighboursFindsThem() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("here/p/runs/r"));
        RunConfig config = new RunConfig(
                RunConfig.VERSION,
                "r",
                folder.resolve("here/model").toString(),
                null,
                RunConfig.Parameters.FULL,
                new RunConfig.Data(
                        new DataFile(folder.resolve("here/min/train.csv").toString()),
                        new DataFile(folder.resolve("here/min/test.csv").toString()),
                        null),
                RunConfig.Settings.DEFAULT);
        run.writeConfig(config);
        assertThat(Files.readString(run.configFile())).doesNotContain(folder.toString());
        assertThat(run.config()).isEqualTo(config);
        Files.move(folder.resolve("here"), folder.resolve("there"));
        RunConfig moved = new RunFolder(folder.resolve("there/p/runs/r")).config();
        assertThat(moved.checkpoint()).isEqualTo(folder.resolve("there/model").toString());
        assertThat(moved.train().file())
                .isEqualTo(folder.resolve("there/min/train.csv").toString());
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() throws IOException {
        RunFolder folderOfRun = new RunFolder(folder.resolve("r"));
        folderOfRun.writeConfig(run());
        String good = Files.readString(folderOfRun.configFile());
        for (String[] bad : new String[][] {
            {"\"batchSize\" : 16", "\"batchSize\" : 0"},
            {"\"epochs\" : 10", "\"epochs\" : -1"},
            {"\"learningRate\" : 0.001", "\"learningRate\" : \"Infinity\""},
            {"\"patience\" : 0", "\"patience\" : -3"},
        }) {
            assertThat(good).contains(bad[0]);
            Files.writeString(folderOfRun.configFile(), good.replace(bad[0], bad[1]));
            assertThatThrownBy(folderOfRun::config)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("config.json")
                    .hasMessageContaining(bad[0].replaceAll("\"(\\w+)\".*", "$1"));
        }
    }

    @Test
    void aRunCutShortGetsItsLastEventOnceAndOnALineOfItsOwn() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("r"));
        run.conclude("{\"type\":\"failed\"}");
        assertThat(run.eventsFile()).doesNotExist();
        try (EventLog log = EventLog.create(run.eventsFile())) {
            log.append("{\"type\":\"started\"}");
        }
        byte[] half = "{\"type\":\"step\",\"who\":\"é".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(
                run.eventsFile(),
                java.util.Arrays.copyOf(half, half.length - 1),
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(run.eventLines()).containsExactly("{\"type\":\"started\"}");
        assertThat(run.concluded()).isFalse();
        run.conclude("{\"type\":\"failed\"}");
        run.conclude("{\"type\":\"cancelled\"}");
        assertThat(run.concluded()).isTrue();
        assertThat(run.eventLines()).containsExactly("{\"type\":\"started\"}", "{\"type\":\"failed\"}");
    }

    @Test
    void savedMasksAreRenamedAndDeleted() {
        try (Project project = Project.create(folder.resolve("p"), content())) {
            HeadMask mask = new HeadMask(1, 4, List.of(new Head(0, 1)), "by hand");
            project.saveMask("mine", mask);
            SavedMasks.rename(project, "mine", "second try");
            assertThat(project.maskNames()).containsExactly("second try");
            assertThat(project.mask("second try").selected()).isEqualTo(mask.selected());
            assertThatThrownBy(() -> SavedMasks.rename(project, "second try", "../x"))
                    .isInstanceOf(Problem.class);
            SavedMasks.rename(project, "second try", "second try");
            assertThat(SavedMasks.delete(project, "second try").selected()).isEqualTo(mask.selected());
            assertThat(project.maskNames()).isEmpty();
            assertThatThrownBy(() -> SavedMasks.delete(project, "second try")).isInstanceOf(Problem.class);
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
        assertThatThrownBy(() -> Project.create(p, content())).hasMessageContaining("already contains a project");
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
            log.append("{\"type\":\"a\"}");
        }
        Files.writeString(run.eventsFile(), Files.readString(run.eventsFile()) + "{\"b\":");
        assertThat(run.eventLines()).containsExactly("{\"type\":\"a\"}");
        assertThatThrownBy(() -> EventLog.create(run.eventsFile())).isInstanceOf(Problem.class);
    }

    /// A real full disk: a file system of 64 kB. Only root may mount one, so others skip this.
    @Test
    @UsesProcess
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
        double[][] score = {{0.5, 0.25}, {-1.0, Double.NaN}};
        Provenance provenance = new Provenance("0", "model", "abc", Map.of("f", "d"), "cpu", "test", "now");
        return new ScoreRecord(
                1,
                ScoreMethod.CDT,
                false,
                new ScoreRecord.Values(2, 2, score, score, 120),
                new ScoreRecord.Samples(180, new int[] {60, 60, 60}, 0, 3, List.of("a", "b", "c"), 64, 0),
                1.5,
                provenance);
    }

    private RunConfig config(HeadMask mask) {
        return new RunConfig(
                1,
                "run",
                folder.resolve("model").toString(),
                null,
                RunConfig.Parameters.of(mask),
                new RunConfig.Data(
                        new DataFile(folder.resolve("a.csv").toString()),
                        new DataFile(folder.resolve("b.csv").toString()),
                        null),
                RunConfig.Settings.DEFAULT);
    }
}
