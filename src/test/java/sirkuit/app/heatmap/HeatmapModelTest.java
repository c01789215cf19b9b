package sirkuit.app.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sirkuit.app.heatmap.SelectionDrag.Kind;
import sirkuit.app.mask.MaskModel;
import sirkuit.mask.Head;
import sirkuit.mask.RelevanceScores;

/// Four layers of six heads; mouse and keyboard without a window.
class HeatmapModelTest {
    private final MaskModel masks = new MaskModel();
    private final HeatmapModel model = new HeatmapModel(
            new SimpleObjectProperty<@Nullable RelevanceScores>(),
            new SimpleStringProperty(""),
            masks,
            new HeadCursor());
    private final AtomicInteger inspected = new AtomicInteger();

    @BeforeEach
    void begin() {
        masks.begin(4, 6, null);
        model.whenInspected(inspected::incrementAndGet);
    }

    @Test
    void aClickLooksAtAHeadAndLeavesTheMaskAlone() {
        click(new Head(1, 2), Kind.PLAIN);
        assertThat(model.focus().get()).isEqualTo(new Head(1, 2));
        assertThat(selected()).isEmpty();
        assertThat(masks.canUndo().get()).isFalse();
        assertThat(inspected).hasValue(1);
    }

    @Test
    void aClickWithCtrlSelectsAndDeselects() {
        click(new Head(1, 2), Kind.TOGGLE);
        assertThat(selected()).containsExactly(new Head(1, 2));
        assertThat(model.focus().get()).isEqualTo(new Head(1, 2));
        click(new Head(1, 2), Kind.TOGGLE);
        assertThat(selected()).isEmpty();
        assertThat(inspected).hasValue(0);
        masks.undo();
        assertThat(selected()).containsExactly(new Head(1, 2));
    }

    @Test
    void aClickWithShiftSelectsTheRangeFromTheFocusedHead() {
        click(new Head(1, 1), Kind.PLAIN);
        click(new Head(2, 3), Kind.BOX);
        assertThat(selected())
                .containsExactly(
                        new Head(1, 1), new Head(1, 2), new Head(1, 3), new Head(2, 1), new Head(2, 2), new Head(2, 3));
        assertThat(model.focus().get()).isEqualTo(new Head(1, 1));
        masks.undo();
        assertThat(selected()).isEmpty();
    }

    @Test
    void aDragWithShiftSelectsTheBoxFromWhereItBegan() {
        click(new Head(0, 0), Kind.PLAIN);
        drag(Kind.BOX, new Head(2, 4), new Head(3, 5));
        assertThat(selected()).containsExactly(new Head(2, 4), new Head(2, 5), new Head(3, 4), new Head(3, 5));
        drag(Kind.BOX, new Head(2, 4), new Head(3, 5));
        assertThat(selected()).isEmpty();
    }

    @Test
    void aDragSelectsTheHeadsOnItsWayAsOneStep() {
        drag(Kind.PLAIN, new Head(0, 0), new Head(0, 3), new Head(2, 5));
        assertThat(selected())
                .containsExactly(
                        new Head(0, 0), new Head(0, 1), new Head(0, 2), new Head(0, 3), new Head(1, 4), new Head(2, 5));
        assertThat(inspected).hasValue(0);
        masks.undo();
        assertThat(selected()).isEmpty();
        masks.redo();
        assertThat(selected()).hasSize(6);
    }

    @Test
    void aDragThatBeginsOnASelectedHeadDeselects() {
        drag(Kind.PLAIN, new Head(0, 0), new Head(0, 3));
        drag(Kind.PLAIN, new Head(0, 2), new Head(0, 5));
        assertThat(selected()).containsExactly(new Head(0, 0), new Head(0, 1));
    }

    @Test
    void theMaskChangesOnlyWhenTheMouseIsLetGo() {
        model.press(new Head(0, 0), Kind.PLAIN);
        model.dragTo(new Head(0, 1));
        assertThat(selected()).isEmpty();
        assertThat(Objects.requireNonNull(model.pending().get()).selected())
                .containsExactly(new Head(0, 0), new Head(0, 1));
        model.release();
        assertThat(selected()).hasSize(2);
        assertThat(model.pending().get()).isNull();
    }

    @Test
    void aDragThatIsCancelledLeavesNoTrace() {
        click(new Head(3, 3), Kind.TOGGLE);
        model.press(new Head(0, 0), Kind.BOX);
        model.dragTo(new Head(2, 2));
        assertThat(model.cancelDrag()).isTrue();
        model.dragTo(new Head(3, 3));
        model.release();
        assertThat(selected()).containsExactly(new Head(3, 3));
        assertThat(model.pending().get()).isNull();
        assertThat(model.cancelDrag()).isFalse();
        masks.undo();
        assertThat(masks.canUndo().get()).isFalse();
    }

    @Test
    void aMouseThatComesBackSelectsWhatItPassed() {
        drag(Kind.PLAIN, new Head(0, 0), new Head(0, 1), new Head(0, 0));
        assertThat(selected()).containsExactly(new Head(0, 0), new Head(0, 1));
    }

    @Test
    void aMaskThatChangesDuringADragKeepsBoth() {
        model.press(new Head(0, 0), Kind.TOGGLE);
        masks.toggle(new Head(3, 3));
        model.release();
        assertThat(selected()).containsExactly(new Head(0, 0), new Head(3, 3));
    }

    @Test
    void headersSelectALayerOrAColumnAsOneStep() {
        model.toggleLayer(1);
        assertThat(selected()).hasSize(6).allMatch(h -> h.layer() == 1);
        masks.undo();
        model.toggleHeadOfAllLayers(2);
        assertThat(selected()).hasSize(4).allMatch(h -> h.head() == 2);
        masks.undo();
        assertThat(selected()).isEmpty();
    }

    @Test
    void theKeyboardStaysInsideAndReachesEveryHead() {
        model.move(1, 0);
        assertThat(model.focus().get()).isEqualTo(new Head(0, 0));
        model.move(5, 9);
        assertThat(model.focus().get()).isEqualTo(new Head(3, 5));
        model.move(-1, -2);
        assertThat(model.focus().get()).isEqualTo(new Head(2, 3));
        assertThat(selected()).isEmpty();
        model.toggleFocus();
        assertThat(selected()).containsExactly(new Head(2, 3));
        masks.undo();
        assertThat(selected()).isEmpty();
    }

    @Test
    void anArrowWithShiftTakesHeadsAlong() {
        model.focus().set(new Head(1, 1));
        model.moveSelecting(0, 1);
        model.moveSelecting(1, 0);
        assertThat(selected()).containsExactly(new Head(1, 1), new Head(1, 2), new Head(2, 2));
        model.moveSelecting(-1, 0);
        assertThat(selected()).hasSize(3);
        masks.undo();
        assertThat(selected()).containsExactly(new Head(1, 1), new Head(1, 2));
    }

    @Test
    void aNoteIsToldOfItsHead() {
        model.notes().set(new TreeMap<>(Map.of(new Head(1, 2), "Looks at the word before.")));
        assertThat(model.about(new Head(1, 2))).contains("Note: Looks at the word before.");
        assertThat(model.about(new Head(1, 1))).doesNotContain("Note");
    }

    private void click(Head at, Kind kind) {
        drag(kind, at);
    }

    private void drag(Kind kind, Head from, Head... over) {
        model.press(from, kind);
        for (Head head : over) {
            model.dragTo(head);
        }
        model.release();
    }

    private SortedSet<Head> selected() {
        return Objects.requireNonNull(masks.mask().get()).selected();
    }
}
