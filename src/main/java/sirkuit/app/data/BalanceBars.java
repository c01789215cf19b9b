package sirkuit.app.data;

import static sirkuit.app.look.Boxes.styled;

import java.util.Arrays;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import sirkuit.app.look.Numbers;
import sirkuit.protocol.Event;

/// How many texts each label has, as small bars.
final class BalanceBars extends GridPane {
    BalanceBars() {
        getStyleClass().add("balance");
        ColumnConstraints bar = new ColumnConstraints();
        bar.setHgrow(Priority.ALWAYS);
        bar.setFillWidth(true);
        getColumnConstraints().addAll(new ColumnConstraints(), bar, new ColumnConstraints());
    }

    void show(Event.Described d) {
        getChildren().clear();
        int most = Math.max(1, Arrays.stream(d.classCounts()).max().orElse(1));
        for (int i = 0; i < d.labels().size(); i++) {
            int count = d.classCounts()[i];
            Label name = new Label(d.labels().get(i));
            name.setMinWidth(Region.USE_PREF_SIZE);
            Label number = styled(new Label(Numbers.count(count)), "number");
            number.setMinWidth(Region.USE_PREF_SIZE);
            addRow(i, name, bar((double) count / most), number);
        }
    }

    private static StackPane bar(double share) {
        Region fill = styled(new Region(), "balance-fill");
        StackPane track = styled(new StackPane(fill), "balance-track");
        StackPane.setAlignment(fill, Pos.CENTER_LEFT);
        fill.maxWidthProperty().bind(track.widthProperty().multiply(share));
        return track;
    }
}
