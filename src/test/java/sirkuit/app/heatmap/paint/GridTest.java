package sirkuit.app.heatmap.paint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sirkuit.mask.Head;

class GridTest {
    @Test
    void everyCellIsFoundAtItsOwnMiddle() {
        Grid grid = Grid.fit(80, 64, 900, 700);
        for (int l = 0; l < 80; l++) {
            for (int h = 0; h < 64; h++) {
                double x = grid.x(h) + grid.innerWidth() / 2.0;
                double y = grid.y(l) + grid.innerHeight() / 2.0;
                assertThat(grid.cell(x, y)).isEqualTo(new Head(l, h));
            }
        }
    }

    @Test
    void itFitsIntoItsRoom() {
        for (int[] size : new int[][] {{6, 8}, {80, 64}, {12, 12}, {32, 32}}) {
            Grid grid = Grid.fit(size[0], size[1], 640, 420);
            assertThat(grid.right()).isLessThanOrEqualTo(640);
            assertThat(grid.bottom()).isLessThanOrEqualTo(420);
        }
    }

    @Test
    void namesStandBesideTheirRowsAndColumns() {
        Grid grid = Grid.fit(6, 8, 900, 400);
        assertThat(grid.layerName(grid.left() - 10, grid.y(3) + 4)).isEqualTo(3);
        assertThat(grid.headName(grid.x(5) + 4, grid.top() - 10)).isEqualTo(5);
        assertThat(grid.cell(grid.left() - 10, grid.y(3))).isNull();
    }

    @Test
    void zoomedInOnlyAPartIsInTheRoomAndFoundWhereItIsDrawn() {
        Grid end = Grid.fit(80, 64, 900, 700, new Grid.View(4, 1, 1), true);
        assertThat(end.whole()).isFalse();
        assertThat(end.left() + end.roomWidth()).isLessThan(900);
        assertThat(end.top() + end.roomHeight()).isLessThan(700);
        assertThat(end.showsLayer(79)).isTrue();
        assertThat(end.showsLayer(0)).isFalse();
        Head corner = new Head(79, 63);
        assertThat(end.cell(end.x(63) + end.innerWidth() / 2.0, end.y(79) + end.innerHeight() / 2.0))
                .isEqualTo(corner);
        assertThat(end.cell(end.left() - 1, end.top() + 5)).isNull();
    }

    @Test
    void namesBesideWhatIsScrolledAwayCannotBePressed() {
        Grid end = Grid.fit(80, 64, 900, 700, new Grid.View(4, 1, 1), true);
        assertThat(end.layerName(end.left() - 10, end.top() - 10)).isEqualTo(-1);
        assertThat(end.headName(end.left() - 10, end.top() - 10)).isEqualTo(-1);
        assertThat(end.headName(end.left() + 4, end.top() - 10)).isPositive();
    }

    @Test
    void cellsGrowIntoALargeWindowUpToASize() {
        Grid large = Grid.fit(12, 12, 1750, 800);
        assertThat(large.right() - large.left()).isGreaterThan(1500);
        assertThat(large.bottom() - large.top()).isGreaterThan(650);
        Grid few = Grid.fit(2, 2, 1750, 800);
        assertThat(few.cellWidth()).isEqualTo(220);
        assertThat(few.cellHeight()).isEqualTo(150);
    }

    @Test
    void zoomedInFewHeadsTakeTheRoomThatWasLeft() {
        Grid whole = Grid.fit(2, 2, 1100, 700);
        Grid near = Grid.fit(2, 2, 1100, 700, new Grid.View(2, 0, 0), true);
        assertThat(near.whole()).isTrue();
        assertThat(near.roomWidth()).isEqualTo(2 * whole.roomWidth());
    }

    @Test
    void inALowWindowTheRowsHaveTheRoomOfTheBarsBelowThem() {
        Grid high = Grid.fit(6, 8, 600, 400);
        assertThat(high.feet()).isPositive();
        assertThat(high.bottom() + high.feet()).isLessThanOrEqualTo(400);
        Grid low = Grid.fit(6, 8, 600, 150);
        assertThat(low.feet()).isZero();
        assertThat(low.cellHeight()).isEqualTo((150 - 36) / 6);
    }
}
