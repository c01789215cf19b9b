package sirkuit.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.MadeRun;
import sirkuit.record.DataFile;
import sirkuit.record.GuessedNames;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;
import sirkuit.study.StudyPlan;
import sirkuit.study.StudyStrategy;

/// What a run learnt is the run's own, and by it runs are compared.
class RunGroupTest {
    @TempDir
    Path folder = Path.of("");

    private ProjectFile.Language minangkabau;
    private ProjectFile.Language javanese;
    private ProjectFile.Language indonesian;

    @BeforeEach
    void write() {
        minangkabau = MadeRun.language(folder, "Minangkabau");
        javanese = MadeRun.language(folder, "Javanese");
        indonesian = MadeRun.language(folder, "Indonesian");
    }

    private RunTexts texts(ProjectFile.Language target, Map<String, String> digests) {
        RunConfig config = MadeRun.config("run", "model", MadeRun.TOP, target, indonesian);
        return RunTexts.of(config, GuessedNames.byName()).with(null, null, digests, "c0ffee");
    }

    private static List<String> labels(RunTexts... texts) {
        return RunGroup.of(List.of(texts), UnaryOperator.identity()).stream()
                .map(g -> g.label() + " " + g.runs().size())
                .toList();
    }

    @Test
    void runsOfDifferentTargetsAreInGroupsOfTheirOwn() {
        Map<String, String> one = Map.of("targetEval", "1", "sourceEval", "s");
        Map<String, String> two = Map.of("targetEval", "2", "sourceEval", "s");
        assertThat(labels(texts(minangkabau, one), texts(javanese, two), texts(minangkabau, one)))
                .containsExactly("Minangkabau 2", "Javanese 1");
        // The same texts under another name are another target, too: somebody has said so.
        assertThat(labels(texts(minangkabau, one), texts(javanese, one))).hasSize(2);
    }

    @Test
    void theSameTargetOnOtherTextsIsTold() {
        RunTexts first = texts(minangkabau, Map.of("targetEval", "1", "sourceEval", "s"));
        assertThat(labels(first, texts(minangkabau, Map.of("targetEval", "2", "sourceEval", "s"))))
                .containsExactly("Minangkabau 1", "Minangkabau, other test texts 1");
        assertThat(labels(first, texts(minangkabau, Map.of("targetEval", "1", "sourceEval", "t"))))
                .containsExactly("Minangkabau 1", "Minangkabau, other source texts 1");
        assertThat(labels(
                        first,
                        texts(minangkabau, Map.of("targetEval", "2", "sourceEval", "s")),
                        texts(minangkabau, Map.of("targetEval", "3", "sourceEval", "s"))))
                .containsExactly(
                        "Minangkabau 1", "Minangkabau, other test texts 1", "Minangkabau, other test texts (2) 1");
        assertThat(labels(first, first.with(null, null, first.digests(), "decaf")))
                .containsExactly("Minangkabau 1", "Minangkabau, another checkpoint 1");
    }

    @Test
    void aRunWithoutSourceTextsIsComparedOnTheTargetButBringsNoDifferentSourcesTogether() {
        RunTexts without = RunTexts.of(
                        MadeRun.config("run", "model", null, minangkabau, indonesian)
                                .at(Map.of()),
                        GuessedNames.byName())
                .with(null, null, Map.of("targetEval", "1"), "c0ffee");
        without = new RunTexts("Minangkabau", null, true, without.targetEval(), null, "model", without.digests());
        assertThat(labels(
                        without,
                        texts(minangkabau, Map.of("targetEval", "1", "sourceEval", "s")),
                        texts(minangkabau, Map.of("targetEval", "1", "sourceEval", "t"))))
                .hasSize(2);
    }

    @Test
    void runsOfOlderVersionsAreComparedByTheirFiles() {
        RunTexts old = texts(minangkabau, Map.of());
        RunTexts now = texts(minangkabau, Map.of("targetEval", "1", "sourceEval", "s"));
        assertThat(old.differences(now)).isEmpty();
        assertThat(texts(javanese, Map.of()).differences(old))
                .containsExactly(RunTexts.Difference.TARGET, RunTexts.Difference.TARGET_TEXTS);
    }

    @Test
    void settingsOfAnOlderVersionAreReadAndCalledAfterTheirFiles() throws IOException {
        RunConfig config = MadeRun.config("run", folder.resolve("model").toString(), null, minangkabau, indonesian);
        RunFolder run = new RunFolder(folder.resolve("run"));
        run.writeConfig(config);
        assertThat(run.config()).isEqualTo(config);
        com.fasterxml.jackson.databind.node.ObjectNode node = (com.fasterxml.jackson.databind.node.ObjectNode)
                Json.MAPPER.readTree(run.configFile().toFile());
        assertThat(node.remove("target").asText()).isEqualTo("Minangkabau");
        node.remove("source");
        Files.writeString(run.configFile(), node.toString());
        RunConfig old = run.config();
        assertThat(old.target()).isNull();
        RunTexts texts = RunTexts.of(old, GuessedNames.reading());
        assertThat(texts.target()).isEqualTo("minangkabau");
        assertThat(texts.source()).isEqualTo("indonesian");
        assertThat(texts.told()).isFalse();
        assertThat(texts.isOf("Minangkabau")).isTrue();
        // A copy of the project keeps them, and so does a run that goes on elsewhere.
        assertThat(config.at(Map.of("train", "elsewhere.csv")).target()).isEqualTo("Minangkabau");
    }

    @Test
    void aNameThatNobodyGaveIsTheFilesLanguageOrItsFolderOrItself() throws IOException {
        Path mixed = folder.resolve("mixed/train.csv");
        Files.createDirectories(mixed.getParent());
        Files.writeString(mixed, "text,label,language\nx,a,min\ny,b,jav\n");
        Path one = folder.resolve("mixed/one.csv");
        Files.writeString(one, "text,label,language\nx,a,min\ny,b,min\n");
        GuessedNames names = GuessedNames.reading();
        assertThat(names.of(new DataFile(one.toString()))).isEqualTo("min");
        assertThat(names.of(new DataFile(mixed.toString()))).isEqualTo("mixed");
        assertThat(names.of(new DataFile(mixed.toString(), "text", "label", null, null, "language=jav")))
                .isEqualTo("jav");
        // What else it is filtered by is no language.
        Path split = folder.resolve("sunda/all.csv");
        Files.createDirectories(split.getParent());
        Files.writeString(split, "text,label,split\nx,a,train\ny,b,test\n");
        assertThat(names.of(new DataFile(split.toString(), "text", "label", null, null, "split=train")))
                .isEqualTo("sunda");
        assertThat(names.of(
                        new DataFile(folder.resolve("nowhere/bali/train.csv").toString())))
                .isEqualTo("bali");
        assertThat(GuessedNames.byPath(Path.of("reviews/min-train.csv"))).isEqualTo("min");
        assertThat(GuessedNames.byPath(Path.of("jv/train-00000-of-00001.parquet")))
                .isEqualTo("jv");
        assertThat(GuessedNames.byPath(Path.of("p/se.csv"))).isEqualTo("se");
        for (String general :
                List.of("train", "Test", "valid", "dev", "data", "data2", "all", "texts", "reviews_1", "01")) {
            assertThat(GuessedNames.byPath(Path.of("bali/" + general + ".csv")))
                    .as(general)
                    .isEqualTo("bali");
        }
        assertThat(GuessedNames.byPath(Path.of("/home/me/data/train.csv.gz"))).isEqualTo("train.csv.gz");
        assertThat(GuessedNames.byPath(Path.of("train.csv"))).isEqualTo("train.csv");
    }

    @Test
    void commandLinesToCopyKeepTheNames() {
        RunConfig config = MadeRun.config("run", "model", null, minangkabau, indonesian);
        assertThat(TuneCommandLine.of(config)).contains("--target Minangkabau", "--source Indonesian");
        assertThat(TuneCommandLine.of(config.named("Basa Jawa", null)))
                .contains("--target 'Basa Jawa'")
                .noneMatch(l -> l.startsWith("--source "));
    }

    @Test
    void eachRunOfAStudyKeepsItsTarget() {
        StudyPlan plan = new StudyPlan(
                1,
                "study",
                "model",
                null,
                null,
                indonesian.test(),
                Map.of(),
                new StudyPlan.Grid(
                        List.of(
                                new StudyPlan.Target("Minangkabau", minangkabau.train(), minangkabau.test()),
                                new StudyPlan.Target("Javanese", javanese.train(), javanese.test())),
                        List.of(StudyStrategy.full(1e-3)),
                        List.of(0L)),
                RunConfig.Settings.DEFAULT,
                RunConfig.Course.DEFAULT,
                "Indonesian");
        plan.write(folder.resolve("study"));
        StudyPlan read = StudyPlan.read(folder.resolve("study"));
        assertThat(read.cells(folder)).extracting(c -> c.config().target()).containsExactly("Minangkabau", "Javanese");
        assertThat(read.cells(folder)).extracting(c -> c.config().source()).containsOnly("Indonesian");
    }
}
