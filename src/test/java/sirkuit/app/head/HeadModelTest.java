package sirkuit.app.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.app.heatmap.HeadCursor;
import sirkuit.app.heatmap.pane.ScoreShelf;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.HeadNotes;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.ScoreRecord;

class HeadModelTest {
    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final HeadCursor pointing = new HeadCursor();

    @Test
    void aHeadHasItsScoreAndRankByEachMethod() {
        try (Project project = project()) {
            ScoreShelf shelf = new ScoreShelf(project, notices, new Threads(Runnable::run, Runnable::run));
            HeadModel model = model(project, shelf);
            shelf.add(project.saveScores(record(ScoreMethod.CDT, 3, 2, 1)), record(ScoreMethod.CDT, 3, 2, 1));
            shelf.add(project.saveScores(record(ScoreMethod.GRADIENT, 1, 2, 3)), record(ScoreMethod.GRADIENT, 1, 2, 3));
            pointing.focus().set(new Head(0, 2));
            assertThat(model.facts()).extracting(HeadModel.Fact::rank).containsExactly(3, 1);
            assertThat(model.facts().getFirst().score()).isEqualTo(1);
        }
    }

    @Test
    void itIsAskedHowFarItLooksOnlyWhenSomebodyLooks() {
        try (Project project = project()) {
            ScoreShelf shelf = new ScoreShelf(project, notices, new Threads(Runnable::run, Runnable::run));
            HeadModel model = model(project, shelf);
            pointing.focus().set(new Head(0, 1));
            assertThat(engine.asked()).isEmpty();
            model.open().set(true);
            NoEngine.Asked older = engine.last(Request.Reach.class);
            pointing.focus().set(new Head(0, 2));
            older.answer(new Event.Reached(new double[17], 8, 1, 3));
            assertThat(model.reach().get()).isNull(); // it was of the head before
            engine.last(Request.Reach.class).answer(new Event.Reached(new double[17], 8, 0.5, 3));
            assertThat(Objects.requireNonNull(model.reach().get()).special()).isEqualTo(0.5);
        }
    }

    @Test
    void whatIsWrittenAboutAHeadIsKeptAndFoundAgain() throws Exception {
        try (Project project = project()) {
            ScoreShelf shelf = new ScoreShelf(project, notices, new Threads(Runnable::run, Runnable::run));
            HeadModel model = model(project, shelf);
            pointing.focus().set(new Head(0, 1));
            model.note().set("reads the word before");
            assertThat(model.notes().get().of(new Head(0, 1))).isEqualTo("reads the word before");
            pointing.focus().set(new Head(0, 0));
            assertThat(model.note().get()).isEmpty();
            assertThat(project.notes().of(new Head(0, 1))).isEqualTo("reads the word before");
            Path file = project.folder().resolve("notes.json");
            Files.writeString(file, "{ damaged");
            assertThatThrownBy(() -> project.saveNotes(new HeadNotes(1, Map.of())))
                    .isInstanceOf(Problem.class);
            assertThat(Files.readString(file)).isEqualTo("{ damaged"); // never written over
        }
    }

    private HeadModel model(Project project, ScoreShelf shelf) {
        HeadModel model = new HeadModel(
                new WindowEngine(s -> engine, notices),
                new SimpleObjectProperty<>(new Request.Model("checkpoint", null, 64)),
                shelf,
                pointing,
                project::saveNotes);
        model.on(new DataFile("train.csv"), project.notes());
        return model;
    }

    private Project project() {
        DataFile texts = new DataFile("texts.csv");
        return Project.create(
                folder.resolve("project"),
                new ProjectFile(
                        ProjectFile.VERSION,
                        "p",
                        "checkpoint",
                        null,
                        new ProjectFile.Language("a", texts, texts),
                        null,
                        64));
    }

    private static ScoreRecord record(ScoreMethod method, double... scores) {
        double[] row = scores.clone();
        return new ScoreRecord(
                1,
                method,
                false,
                new ScoreRecord.Values(1, scores.length, new double[][] {row}, new double[][] {row}, 10),
                new ScoreRecord.Samples(10, new int[0], 0, 0, List.of("a", "b"), 64, 0),
                1,
                null);
    }
}
