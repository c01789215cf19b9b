package sirkuit.app.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.KeptCurve;
import sirkuit.project.KeptCurves;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Event.Judged.JudgedAccuracy;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// A curve takes minutes to compute: it is there again when the project is opened.
class KeptCurvesTest {
    private static final RelevanceScores CDT = scores(ScoreMethod.CDT, "2025-03-04T12:00:00Z");
    private static final RelevanceScores GRADIENT = scores(ScoreMethod.GRADIENT, "2025-03-05T12:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final WindowEngine session = new WindowEngine(s -> engine, new Notices());
    private final SimpleObjectProperty<@Nullable RelevanceScores> scores = new SimpleObjectProperty<>(CDT);
    private final List<KeptCurve> saved = new ArrayList<>();

    @Test
    void aCurveIsShownAgainAfterItsProjectWasClosed() {
        CurveModel before = model(List.of());
        compute(before);
        try (Project project = project()) {
            KeptCurves.save(project, saved);
            CurveModel after = model(KeptCurves.read(project));
            assertThat(after.points()).isEqualTo(before.points()).isNotEmpty();
            assertThat(after.caption().get()).contains("CD-T", "4 Mar");
        }
    }

    @Test
    void theCurveOfTheScoresThatAreShownIsShown() {
        CurveModel model = model(List.of());
        compute(model);
        List<CurveModel.Point> cdt = List.copyOf(model.points());
        scores.set(GRADIENT);
        compute(model, 0.2);
        assertThat(model.points()).isNotEqualTo(cdt);
        scores.set(CDT);
        assertThat(model.points()).isEqualTo(cdt);
        assertThat(saved).hasSize(2);
        compute(model, 0.3);
        assertThat(saved).as("a newer one of the same scores takes its place").hasSize(2);
    }

    @Test
    void aCurveOfAnotherCheckpointIsNotShown() {
        compute(model(List.of()));
        CurveModel other = new CurveModel(session, new Notices(), () -> new Request.Model("other", null, 64), scores);
        other.on(new DataFile(texts()));
        other.keep("other", saved, c -> {});
        assertThat(other.points()).isEmpty();
    }

    @Test
    void theFileMovesWithTheProjectAndADamagedOneIsNotWrittenOver() throws IOException {
        compute(model(List.of()));
        try (Project project = project()) {
            KeptCurves.save(project, saved);
            Path file = project.folder().resolve("curves.json");
            assertThat(Files.readString(file))
                    .contains("\"texts\" : \"test.csv\"")
                    .doesNotContain(folder.toString());
            Files.writeString(file, "{");
            assertThatThrownBy(() -> KeptCurves.save(project, saved))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("curves.json");
            assertThat(Files.readString(file)).isEqualTo("{");
        }
    }

    private CurveModel model(List<KeptCurve> kept) {
        CurveModel model =
                new CurveModel(session, new Notices(), () -> new Request.Model(checkpoint(), null, 64), scores);
        model.on(new DataFile(texts()));
        model.keep(checkpoint(), kept, all -> {
            saved.clear();
            saved.addAll(all);
        });
        return model;
    }

    private void compute(CurveModel model) {
        compute(model, 0.8);
    }

    private void compute(CurveModel model, double accuracy) {
        model.compute();
        while (model.working().get()) {
            Event.Judged.JudgedSet set = new Event.Judged.JudgedSet(
                    "held out", of(0.9), of(accuracy), of(0.5), List.of(of(0.4), of(0.3)), List.of(of(0.7)));
            engine.last(Request.Faithfulness.class)
                    .answer(new Event.Judged(1, List.of(set), List.of()), new Event.Finished(1));
        }
    }

    private static JudgedAccuracy of(double accuracy) {
        return new JudgedAccuracy(120, accuracy, accuracy - 0.05, accuracy + 0.05, 1.5, 0.25);
    }

    private String texts() {
        return folder.resolve("project").resolve("test.csv").toAbsolutePath().toString();
    }

    private String checkpoint() {
        return folder.resolve("checkpoint").toAbsolutePath().toString();
    }

    private Project project() {
        ProjectFile.Language language =
                new ProjectFile.Language("Indonesian", new DataFile("train.csv"), new DataFile("test.csv"));
        return Project.create(
                folder.resolve("project"), new ProjectFile(1, "Test", "../checkpoint", null, language, language, 64));
    }

    private static RelevanceScores scores(ScoreMethod method, String at) {
        double[][] score = {{3, 2}, {1, 0}};
        return new RelevanceScores(method, score, score, 10, at);
    }
}
