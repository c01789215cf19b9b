package sirkuit.app.sentence;

import static sirkuit.app.look.Boxes.styled;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.protocol.Event;

/// The probability of each class with all heads and, in a thinner striped bar below, without the mask's heads.
final class ProbabilityBars extends GridPane {
    ProbabilityBars() {
        getStyleClass().add("probabilities");
        ColumnConstraints bar = new ColumnConstraints();
        bar.setHgrow(Priority.ALWAYS);
        bar.setFillWidth(true);
        getColumnConstraints().addAll(new ColumnConstraints(), bar, new ColumnConstraints());
    }

    void show(Event.@Nullable Explained whole, Event.@Nullable Explained without) {
        getChildren().clear();
        if (whole == null) {
            return;
        }
        for (int c = 0; c < whole.labels().size(); c++) {
            boolean best = c == whole.predicted();
            Label name = styled(new Label(whole.labels().get(c)), "probability-name");
            name.setMinWidth(Region.USE_PREF_SIZE);
            VBox bars = new VBox(bar(whole.probabilities()[c], "whole"));
            bars.setAlignment(Pos.CENTER_LEFT);
            bars.setSpacing(2);
            VBox numbers = new VBox(number(whole.probabilities()[c], best));
            numbers.setAlignment(Pos.CENTER_RIGHT);
            if (without != null && without.probabilities().length > c) {
                bars.getChildren().add(bar(without.probabilities()[c], "without"));
                numbers.getChildren().add(styled(number(without.probabilities()[c], false), "note"));
            }
            if (best) {
                name.getStyleClass().add("best");
            }
            addRow(c, name, bars, numbers);
        }
    }

    private static Label number(double probability, boolean best) {
        Label label = new Label(Numbers.decimal(100 * probability, 0) + "\u202f%");
        label.setMinWidth(Region.USE_PREF_SIZE);
        if (best) {
            label.getStyleClass().add("best");
        }
        return label;
    }

    private static StackPane bar(double share, String kind) {
        Region fill = styled(new Region(), "probability-fill", kind);
        StackPane track = styled(new StackPane(fill), "probability-track", kind);
        StackPane.setAlignment(fill, Pos.CENTER_LEFT);
        fill.maxWidthProperty().bind(track.widthProperty().multiply(share));
        return track;
    }
}
