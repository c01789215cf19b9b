package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.styled;

import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/// Two parts of the same width beside one another. Their height is that of their texts at this width. In a row of boxes
/// it would be computed for another width, and the page would be scaled down for space that it does not need.
final class Halves extends GridPane {
    private static final double HALF = 50;

    Halves(Region left, Region right) {
        styled(this, "stage-halves");
        for (Region part : new Region[] {left, right}) {
            part.setMinWidth(0);
            part.setMaxHeight(Double.MAX_VALUE);
            ColumnConstraints half = new ColumnConstraints();
            half.setPercentWidth(HALF);
            getColumnConstraints().add(half);
        }
        addRow(0, left, right);
    }
}
