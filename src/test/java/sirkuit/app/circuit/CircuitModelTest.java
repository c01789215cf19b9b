package sirkuit.app.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.app.heatmap.HeadCursor;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.pane.ScoreShelf;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

class CircuitModelTest {
    @TempDir
    Path folder = Path.of("");

    private final MaskModel masks = new MaskModel();
    private final HeatmapModel heatmap =
            new HeatmapModel(new SimpleObjectProperty<>(), new SimpleStringProperty(""), masks, new HeadCursor());
    private @Nullable Project project;
    private @Nullable CircuitModel model;

    @BeforeEach
    void open() {
        ProjectFile.Language language = new ProjectFile.Language("A", new DataFile("a.csv"), new DataFile("b.csv"));
        project = Project.create(folder.resolve("p"), new ProjectFile(1, "p", "model", null, language, language, 16));
        ScoreShelf shelf = new ScoreShelf(project, new Notices(), new Threads(Runnable::run, Runnable::run));
        model = new CircuitModel(shelf, masks.mask(), heatmap);
        masks.begin(8, 6, HeadMask.all(8, 6));
        shelf.add("cdt-20260101-000000", Circuits.random(8, 6, 5));
        model.open().set(true);
    }

    @AfterEach
    void close() {
        project.close();
    }

    @Test
    void thirtyEdgesAreShownUntilMoreAreAskedFor() {
        assertThat(look().shown().drawn()).isEqualTo(30);
        model.most().set(45);
        assertThat(look().shown().drawn()).isEqualTo(45);
        model.least().set(0.9);
        assertThat(look().shown().edges()).isNotEmpty().allMatch(e -> e.share() >= 0.9);
    }

    @Test
    void nothingIsComputedWhileNobodyLooks() {
        model.open().set(false);
        assertThat(model.shownNow().get()).isNull();
    }

    @Test
    void pointingAtAHeadLightsItsPathsWhateverIsShown() {
        model.most().set(1);
        Unit head = Circuits.unit(4, 3);
        model.point(head, null);
        assertThat(look().picked()).isEqualTo(head);
        assertThat(look().lit()).isNotEmpty().allMatch(p -> p.heads().contains(new Head(4, 3)));
        assertThat(heatmap.hover().get()).isEqualTo(new Head(4, 3)); // the heatmap knows too
        model.point(null, null);
        assertThat(look().picked()).isNull();
        assertThat(look().lit()).isEmpty();
    }

    @Test
    void clearingLeavesNothingPickedAndNothingSelected() {
        model.hold(Circuits.unit(2, 1));
        model.groups().choose(List.of(new Head(2, 1)));
        model.edge().set(look().shown().edges().getFirst());
        assertThat(look().chosen()).containsExactly(new Head(2, 1));
        model.clear();
        assertThat(look().picked()).isNull();
        assertThat(look().edge()).isNull();
        assertThat(look().chosen()).isEmpty();
        assertThat(heatmap.focus().get()).isNull();
    }

    @Test
    void theEdgeBelowTheMouseStandsOutAndThenTheSelectedOneAgain() {
        Net.Edge first = look().shown().edges().get(0);
        Net.Edge second = look().shown().edges().get(1);
        model.edge().set(first);
        model.point(null, second);
        assertThat(look().edge()).isEqualTo(second);
        model.point(null, null);
        assertThat(look().edge()).isEqualTo(first);
    }

    @Test
    void aClosedGroupIsOneNodeAndAnOpenOneItsHeads() {
        model.groups().choose(List.of(new Head(1, 1), new Head(2, 2)));
        model.groups().make("pair");
        Unit group = Objects.requireNonNull(look().net().unitOf(new Head(1, 1)));
        assertThat(group).isInstanceOf(Unit.Group.class);
        assertThat(look().net().units()).hasSize(47);
        model.hold(group);
        assertThat(look().picked()).isEqualTo(group);
        assertThat(look().lit()).isNotEmpty();
        model.groups().toggle(model.groups().all().getFirst());
        assertThat(look().net().units()).hasSize(48);
        assertThat(look().picked()).isNull();
    }

    @Test
    void anEdgeThatIsNoLongerThereIsNotSelectedAnyMore() {
        model.edge().set(look().shown().edges().getFirst());
        masks.load(new HeadMask(8, 6, List.of(new Head(0, 1)), "by hand"));
        assertThat(look().edge()).isNull();
        assertThat(model.edge().get()).isNull();
    }

    private CircuitLook look() {
        return Objects.requireNonNull(model.shownNow().get());
    }
}
