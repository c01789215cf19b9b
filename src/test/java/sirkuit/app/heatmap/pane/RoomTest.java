package sirkuit.app.heatmap.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import sirkuit.app.heatmap.paint.Grid;
import sirkuit.mask.Head;

class RoomTest {
    private static final Room ROOM = new Room(80, 64, 900, 700, true);

    @Test
    void whatLiesBelowTheMouseStaysThereWhileZooming() {
        Head head = new Head(40, 32);
        Grid whole = ROOM.grid(Grid.View.WHOLE);
        double x = middle(whole.x(32), whole.cellWidth());
        double y = middle(whole.y(40), whole.cellHeight());
        Grid.View view = Grid.View.WHOLE;
        for (int i = 0; i < 5; i++) {
            view = ROOM.zoomed(view, view.stepped(1), x, y);
            assertThat(ROOM.grid(view).cell(x, y)).isEqualTo(head);
        }
        for (int i = 0; i < 5; i++) {
            view = ROOM.zoomed(view, view.stepped(-1), x, y);
        }
        assertThat(view).isEqualTo(Grid.View.WHOLE);
    }

    @Test
    void theZoomGoesThroughItsStepsAndStopsAtBothEnds() {
        assertThat(Grid.View.WHOLE.stepped(-1)).isEqualTo(1);
        assertThat(Grid.View.WHOLE.stepped(1)).isEqualTo(1.25);
        assertThat(new Grid.View(2, 0, 0).stepped(-1)).isEqualTo(1.5);
        Grid.View nearest = new Grid.View(100, 0, 0);
        assertThat(nearest.nearest()).isTrue();
        assertThat(nearest.stepped(1)).isEqualTo(nearest.zoom());
        assertThat(new Grid.View(1.25, 0, 0).percent()).isEqualTo(125);
    }

    @Test
    void scrollingMovesByPixelsAndStopsAtTheEdges() {
        Grid.View near = new Grid.View(4, 0, 0);
        Grid moved = ROOM.grid(ROOM.panned(near, 100, 60));
        assertThat(moved.panX()).isEqualTo(100);
        assertThat(moved.panY()).isEqualTo(60);
        assertThat(ROOM.panned(near, -100, -60)).isEqualTo(near);
        Grid end = ROOM.grid(ROOM.panned(near, 1e6, 1e6));
        assertThat(end.right()).isEqualTo(end.left() + end.roomWidth());
        assertThat(end.bottom()).isEqualTo(end.top() + end.roomHeight());
    }

    @Test
    void aHeadOutOfSightIsBroughtIntoViewAsAWhole() {
        Grid.View near = new Grid.View(4, 0, 0);
        for (Head head : new Head[] {new Head(79, 63), new Head(0, 63), new Head(41, 17), new Head(0, 0)}) {
            near = ROOM.revealing(near, head);
            Grid grid = ROOM.grid(near);
            assertThat(grid.cell(grid.x(head.head()), grid.y(head.layer()))).isEqualTo(head);
            assertThat(grid.cell(
                            grid.x(head.head()) + grid.innerWidth() - 1.0,
                            grid.y(head.layer()) + grid.innerHeight() - 1.0))
                    .isEqualTo(head);
        }
    }

    @Test
    void aHeadInSightMovesNothing() {
        Grid.View near = ROOM.panned(new Grid.View(4, 0, 0), 100, 60);
        Head seen = Objects.requireNonNull(ROOM.grid(near).cell(400, 300));
        Grid after = ROOM.grid(ROOM.revealing(near, seen));
        assertThat(after).isEqualTo(ROOM.grid(near));
    }

    private static double middle(int begin, int size) {
        return begin + size / 2.0;
    }
}
