package sirkuit.app.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class WrappingRowTest {
    private static Region box(double width, double height) {
        Region box = new Region();
        box.setMinSize(width, height);
        box.setPrefSize(width, height);
        box.setMaxSize(width, height);
        return box;
    }

    private static WrappingRow laid(double width, Region... boxes) {
        WrappingRow row = new WrappingRow(boxes);
        row.resize(width, row.prefHeight(width));
        row.layout();
        return row;
    }

    @Test
    void whatFitsStandsInOneLine() {
        Region first = box(100, 20);
        Region second = box(100, 30);
        WrappingRow row = laid(208, first, second);
        assertThat(row.getHeight()).isEqualTo(30);
        assertThat(first.getLayoutY()).isEqualTo(5);
        assertThat(second.getLayoutX()).isEqualTo(108);
    }

    @Test
    void whatDoesNotFitGoesToTheNextLine() {
        Region first = box(100, 20);
        Region second = box(100, 30);
        WrappingRow row = laid(207, first, second);
        assertThat(row.getHeight()).isEqualTo(20 + 6 + 30);
        assertThat(second.getLayoutX()).isZero();
        assertThat(second.getLayoutY()).isEqualTo(26);
    }

    @Test
    void aGapMovesWhatFollowsToTheRightAndNothingElse() {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Region last = box(50, 20);
        laid(300, box(100, 20), gap, last);
        assertThat(last.getLayoutX()).isEqualTo(250);
        laid(120, box(100, 20), gap, last);
        assertThat(last.getLayoutX()).isZero();
    }

    @Test
    void noControlIsWiderThanTheRow() {
        Region wide = new Region();
        wide.setMinWidth(40);
        wide.setPrefSize(500, 20);
        laid(200, box(100, 20), wide);
        assertThat(List.of(wide.getLayoutX(), wide.getWidth())).containsExactly(0d, 200d);
    }
}
