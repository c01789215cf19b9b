package sirkuit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.app.mask.Strategy;
import sirkuit.app.project.OpenedProject;
import sirkuit.app.runs.RunModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;

/// What a project was left with is what it opens with, and what cannot be read is not lost.
class WorkbenchModelTest {
    private static final String KEPT = """
            {"schemaVersion": 1, "layers": 1, "heads": 4, "madeBy": "top 2 by cdt",
               "selected": [[0, 2], [0, 3]]}""";

    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final Threads here = new Threads(Runnable::run, Runnable::run);
    private final WindowEngine session = new WindowEngine(states -> engine, notices);
    private Path place = Path.of("");
    private @org.jspecify.annotations.Nullable WorkbenchModel open;

    @BeforeEach
    void aProjectWithTwoScoresAndAMask() throws IOException {
        place = folder.resolve("project");
        ProjectFile.Language language =
                new ProjectFile.Language("Indonesian", new DataFile("train.csv"), new DataFile("test.csv"));
        try (Project project =
                Project.create(place, new ProjectFile(1, "Test", folder.toString(), null, language, language, 64))) {
            project.saveScores(record(0.9, 0.8, 0.1, 0.1));
            project.saveScores(record(0.1, 0.9, 0.8, 0.1));
        }
        for (String name : List.of("train.csv", "test.csv")) {
            Files.writeString(place.resolve(name), "text,label\n");
        }
        Files.createDirectories(place.resolve("masks"));
        Files.writeString(current(), KEPT);
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void theMaskThatWasKeptOpensAndIsNotWritten() throws IOException {
        WorkbenchModel work = open();
        inspect(4);
        assertThat(mask(work)).containsExactly(new Head(0, 2), new Head(0, 3));
        assertThat(work.relevance().shown().get()).isNotNull();
        assertThat(Files.readString(current())).isEqualTo(KEPT);
        assertThat(notices.open()).isEmpty();
    }

    @Test
    void damagedScoresDoNotCostTheMask() throws IOException {
        String newest;
        try (Project project = Project.open(place)) {
            newest = project.scoreIds().getLast();
        }
        Files.writeString(place.resolve("scores").resolve(newest + ".json"), "{\"schemaVersion\": 1, ");
        WorkbenchModel work = open();
        inspect(4);
        assertThat(mask(work)).containsExactly(new Head(0, 2), new Head(0, 3));
        assertThat(Files.readString(current())).isEqualTo(KEPT);
        assertThat(notices.open())
                .singleElement()
                .extracting(Notice::what)
                .asString()
                .contains(newest);
    }

    @Test
    void aDamagedMaskCostsNoScoresAndIsSetAsideBeforeAnotherIsWritten() throws IOException {
        Files.writeString(current(), KEPT.substring(0, 40));
        WorkbenchModel work = open();
        inspect(4);
        assertThat(work.relevance().shown().get()).isNotNull();
        assertThat(notices.open())
                .singleElement()
                .extracting(Notice::what)
                .asString()
                .contains("current.json");
        assertThat(Files.readString(current())).isEqualTo(KEPT.substring(0, 40));

        work.mask().toggle(new Head(0, 3));
        assertThat(Files.readString(place.resolve("masks/current.json.damaged")))
                .isEqualTo(KEPT.substring(0, 40));
        assertThat(work.project().mask("current").contains(0, 3)).isTrue();
        assertThat(notices.open()).extracting(Notice::what).anyMatch(w -> w.contains("current.json.damaged"));
        work.mask().toggle(new Head(0, 3));
        assertThat(place.resolve("masks/current.json.damaged-2")).doesNotExist();
    }

    @Test
    void aMaskOfANewerSirkuitIsToldOfAndNeverWritten() throws IOException {
        String newer = KEPT.replace("\"schemaVersion\": 1", "\"schemaVersion\": 2");
        Files.writeString(current(), newer);
        WorkbenchModel work = open();
        inspect(4);
        work.mask().toggle(new Head(0, 3));
        assertThat(Files.readString(current())).isEqualTo(newer);
        assertThat(notices.open())
                .singleElement()
                .extracting(Notice::text)
                .asString()
                .contains("newer Sirkuit")
                .contains("save the mask under a name");
    }

    @Test
    void aMaskOfAnotherShapeIsSetAsideToo() throws IOException {
        WorkbenchModel work = open();
        inspect(8);
        assertThat(Objects.requireNonNull(work.mask().mask().get()).heads()).isEqualTo(8);
        assertThat(Files.readString(current())).isEqualTo(KEPT);
        assertThat(notices.open()).extracting(Notice::what).anyMatch(w -> w.contains("1 × 8"));
        work.mask().toggle(new Head(0, 7));
        assertThat(Files.readString(place.resolve("masks/current.json.damaged")))
                .isEqualTo(KEPT);
    }

    @Test
    void theMaskBeingWorkedOnIsNotSavedByItsOwnName() throws IOException {
        WorkbenchModel work = open();
        work.masks().save("Current");
        assertThat(work.masks().names()).isEmpty();
        assertThat(notices.open())
                .singleElement()
                .extracting(Notice::what)
                .asString()
                .contains("saved automatically");
        assertThat(Files.readString(current())).isEqualTo(KEPT);
    }

    @Test
    void aMaskByHandThatAStrategyReplacesIsInTheListOfMasks() {
        WorkbenchModel work = open();
        inspect(4);
        work.mask().toggle(new Head(0, 0));
        work.mask().choose(Strategy.NEAR_ZERO);
        assertThat(work.masks().names()).containsExactly(Project.DRAFT_MASK);
        assertThat(work.project().mask(Project.DRAFT_MASK).selected())
                .containsExactly(new Head(0, 0), new Head(0, 2), new Head(0, 3));
        work.masks().load(Project.DRAFT_MASK);
        assertThat(mask(work)).containsExactly(new Head(0, 0), new Head(0, 2), new Head(0, 3));
    }

    @Test
    void aSelectedRunOutlinesItsHeadsAndTheyCanBeUsed() {
        WorkbenchModel work = open();
        inspect(4);
        RunModel run = new RunModel(
                "run-1",
                0,
                new RunConfig(
                        1,
                        "Other heads",
                        folder.toString(),
                        null,
                        RunConfig.Parameters.of(new HeadMask(1, 4, List.of(new Head(0, 0)), "by hand")),
                        new RunConfig.Data(new DataFile("train.csv"), new DataFile("test.csv"), null),
                        RunConfig.Settings.DEFAULT));
        work.runs().selected().set(run);
        assertThat(Objects.requireNonNull(work.heatmap().outlined().getValue()).selected())
                .containsExactly(new Head(0, 0));
        assertThat(mask(work)).as("looking is not editing").containsExactly(new Head(0, 2), new Head(0, 3));
        work.useHeads(run);
        assertThat(mask(work)).containsExactly(new Head(0, 0));
        work.runs().selected().set(null);
        assertThat(work.heatmap().outlined().getValue()).isNull();
    }

    private Path current() {
        return place.resolve("masks").resolve("current.json");
    }

    /// The engine may yet refuse what was said of one of the files.
    @Test
    void aCorrectionOfLabelsIsKeptOnceBothFilesCanBeUsed() {
        WorkbenchModel work = open();
        inspect(4);
        work.target().train().show(new DataFile(place.resolve("train.csv").toString()).choosing(LABELS));
        work.target().test().show(new DataFile(place.resolve("test.csv").toString()).choosing(LABELS));
        work.target().test().retry();
        work.target().name().set("Javanese");
        work.targetChosen();
        assertThat(savedTarget()).isEqualTo("Indonesian");
        described("train.csv");
        assertThat(savedTarget()).isEqualTo("Indonesian");
        described("test.csv");
        assertThat(savedTarget()).isEqualTo("Javanese");
    }

    private static final Map<String, String> LABELS = Map.of("0", "a", "1", "b");

    private String savedTarget() {
        try (Project project = Project.openReadOnly(place)) {
            return Objects.requireNonNull(project.file().target()).name();
        }
    }

    /// All that ask about a file are answered.
    private void described(String file) {
        for (NoEngine.Asked asked : List.copyOf(engine.asked())) {
            if (asked.request() instanceof Request.Describe d && d.data().file().endsWith(file)) {
                asked.answer(
                        new Event.Described(
                                d.data().file(), 2, List.of("a", "b"), new int[] {1, 1}, 5, 0, 0, Map.of(), List.of()),
                        new Event.Finished(1));
            }
        }
    }

    private WorkbenchModel open() {
        OpenedProject opened = OpenedProject.of(() -> Project.open(place));
        WorkbenchModel work = new WorkbenchModel(opened, session, notices, here);
        open = work;
        work.open();
        return work;
    }

    private void inspect(int heads) {
        engine.last(Request.Inspect.class)
                .answer(
                        new Event.Inspected(
                                folder.toString(),
                                "bert",
                                "Bert",
                                new Event.Inspected.Shape(1, heads, 8, 2),
                                new Event.Inspected.Counts(1000, 10, 5),
                                List.of("a", "b"),
                                64,
                                100,
                                "F32"),
                        new Event.Finished(1));
    }

    private static List<Head> mask(WorkbenchModel work) {
        HeadMask now = Objects.requireNonNull(work.mask().mask().get());
        return List.copyOf(now.selected());
    }

    private static ScoreRecord record(double... scores) {
        double[][] score = {scores};
        return new ScoreRecord(
                1,
                ScoreMethod.CDT,
                false,
                new ScoreRecord.Values(1, 4, score, score, 10),
                new ScoreRecord.Samples(10, new int[] {5, 5}, 0, 0, List.of("a", "b"), 64, 0),
                1.0,
                new Provenance("0.1", "checkpoint", "", Map.of(), "cpu", "test", "now"));
    }

    @Test
    void lockedHeadsAreKeptWithTheProject() {
        WorkbenchModel work = open();
        inspect(4);
        work.mask().toggleLock(new Head(0, 2));
        work.close();
        open = null;
        WorkbenchModel again = open();
        assertThat(again.mask().locked()).containsExactly(new Head(0, 2));
    }
}
