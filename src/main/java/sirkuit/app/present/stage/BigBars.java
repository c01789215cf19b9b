package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.ArrayList;
import java.util.List;
import javafx.animation.Interpolator;
import javafx.animation.KeyFrame;
import javafx.animation.KeyValue;
import javafx.animation.Timeline;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.present.answer.Answer;
import sirkuit.app.present.script.AudienceNames;

/// An answer that can be read from the back row: the class, how sure the model is, and a bar for each label.
final class BigBars extends VBox {
    private static final Duration GROWING = Duration.millis(350);

    private final Label verdict = Page.words("", "stage-verdict");
    private final Label sure = Page.words("", "stage-sure");
    private final GridPane grid = styled(new GridPane(), "stage-bars");
    private final List<Row> rows = new ArrayList<>();
    private final Timeline growing = new Timeline();
    private final AudienceNames names;
    private final boolean narrow;
    private List<String> labels = List.of();

    private record Row(Label name, StackPane track, Label number, DoubleProperty share) {}

    /// @param names  what the audience reads for the labels
    /// @param narrow whether each bar is below its label, where there is little width
    BigBars(AudienceNames names, boolean narrow) {
        this.names = names;
        this.narrow = narrow;
        grid.getStyleClass().add(narrow ? "narrow" : "wide");
        getStyleClass().add("stage-answer");
        ColumnConstraints bar = new ColumnConstraints();
        bar.setHgrow(Priority.ALWAYS);
        bar.setFillWidth(true);
        grid.getColumnConstraints().addAll(new ColumnConstraints(), bar, new ColumnConstraints());
        getChildren().addAll(new VBox(verdict, sure), grid);
        setVisible(false);
    }

    void show(@Nullable Answer answer) {
        setVisible(answer != null);
        if (answer == null) {
            return;
        }
        if (!answer.labels().equals(labels)) {
            build(answer.labels());
        }
        verdict.setText(Words.of("present.says", names.label(answer.label())));
        sure.setText(ShareWords.sure(answer.probability()));
        growing.stop();
        growing.getKeyFrames().clear();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            double share = answer.probabilities()[i];
            boolean best = i == answer.best();
            row.number().setText(ShareWords.percent(share));
            for (Region part : List.of(row.name(), row.track(), row.number())) {
                part.getStyleClass().remove("best");
                if (best) {
                    part.getStyleClass().add("best");
                }
            }
            growing.getKeyFrames().add(new KeyFrame(GROWING, new KeyValue(row.share(), share, Interpolator.EASE_BOTH)));
        }
        growing.play();
    }

    private void build(List<String> now) {
        labels = now;
        rows.clear();
        grid.getChildren().clear();
        for (String label : now) {
            Region fill = styled(new Region(), "stage-fill");
            StackPane track = styled(new StackPane(fill), "stage-track");
            StackPane.setAlignment(fill, Pos.CENTER_LEFT);
            DoubleProperty share = new SimpleDoubleProperty();
            fill.maxWidthProperty().bind(track.widthProperty().multiply(share));
            Row row = new Row(
                    whole(styled(new Label(names.label(label)), "stage-label")),
                    track,
                    whole(styled(new Label(), "stage-number")),
                    share);
            GridPane.setHalignment(row.number(), HPos.RIGHT);
            if (narrow) {
                grid.addRow(2 * rows.size(), row.name(), new Region(), row.number());
                grid.add(row.track(), 0, 2 * rows.size() + 1, 3, 1);
            } else {
                grid.addRow(rows.size(), row.name(), row.track(), row.number());
            }
            rows.add(row);
        }
    }
}
