package sirkuit.app.browser;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.scrolling;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;

/// The selected row: its whole text and the probability of each class, with two checkpoints also the probability
/// before.
final class DetailStrip extends HBox {
    private static final int MOST = 8;

    private final BrowserModel model;
    private final Label text = named(styled(new Label(), "detail-text"), "detail-text");
    private final Label facts = named(styled(new Label(), "note"), "detail-facts");
    private final GridPane bars = named(styled(new GridPane(), "probabilities"), "detail-bars");

    DetailStrip(BrowserModel model, BiConsumer<String, @Nullable String> open) {
        this.model = model;
        getStyleClass().add("detail-strip");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        facts.setWrapText(true);
        ScrollPane scroll = scrolling(text);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        Button sentence =
                named(whole(Icons.before(new Button(Words.of("data.open")), Feather.EDIT_3)), "open-sentence-button");
        sentence.getStyleClass().add("small");
        sentence.setOnAction(e -> {
            Integer row = model.selected().get();
            Predictions rows = model.rows().get();
            if (row != null && rows != null) {
                open.accept(rows.text(row), rows.pair(row));
            }
        });
        VBox left = styled(new VBox(scroll, new HBox(12, facts, sentence)), "detail-left");
        HBox.setHgrow(facts, Priority.ALWAYS);
        facts.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(left, Priority.ALWAYS);
        left.setMinWidth(0);
        ColumnConstraints middle = new ColumnConstraints();
        middle.setHgrow(Priority.ALWAYS);
        bars.getColumnConstraints().addAll(new ColumnConstraints(), middle, new ColumnConstraints());
        ScrollPane right = styled(scrolling(bars), "detail-right");
        right.setFitToWidth(true);
        getChildren().addAll(left, right);
        model.selected().subscribe(row -> show());
        model.shown().subscribe(f -> show());
    }

    private void show() {
        Integer row = model.selected().get();
        Predictions rows = model.rows().get();
        if (row == null || rows == null || row >= rows.size()) {
            return;
        }
        String pair = rows.pair(row);
        text.setText(pair == null ? rows.text(row) : rows.text(row) + "\n" + pair);
        String label = rows.labels().get(rows.label(row));
        String after = rows.labels().get(rows.answers().predicted(row));
        Event.Predicted.Row before = rows.rowBefore(row);
        facts.setText(
                before == null
                        ? Words.of("data.facts", label, after)
                        : Words.of("data.facts.compared", label, rows.labels().get(before.predicted()), after));
        bars.getChildren().clear();
        float[] now = rows.answers().probabilities(row);
        float[] was = before == null ? null : before.probabilities();
        for (int c = 0; c < Math.min(now.length, MOST); c++) {
            Label name = whole(styled(new Label(rows.labels().get(c)), "probability-name"));
            VBox both = new VBox(2, bar(now[c], "whole"));
            both.setAlignment(Pos.CENTER_LEFT);
            String number = percent(now[c]);
            if (was != null) {
                both.getChildren().add(bar(was[c], "without"));
                number = percent(was[c]) + " → " + number;
            }
            Label numbers = whole(new Label(number));
            if (c == rows.answers().predicted(row)) {
                name.getStyleClass().add("best");
                numbers.getStyleClass().add("best");
            }
            bars.addRow(c, name, both, numbers);
        }
    }

    private static String percent(float share) {
        return Math.round(100 * share) + "\u202f%";
    }

    private static StackPane bar(double share, String kind) {
        Region fill = styled(new Region(), "probability-fill", kind);
        StackPane track = styled(new StackPane(fill), "probability-track", kind);
        StackPane.setAlignment(fill, Pos.CENTER_LEFT);
        fill.maxWidthProperty().bind(track.widthProperty().multiply(share));
        return track;
    }
}
