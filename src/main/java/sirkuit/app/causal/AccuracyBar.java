package sirkuit.app.causal;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event.Judged.JudgedAccuracy;

/// An accuracy as a small bar from 0 to 100 %, with its 95 % interval. Random heads have a dot for each draw. A fine
/// line is where all heads are.
final class AccuracyBar extends VBox {
    private static final double LENGTH = 84;
    private static final double HEIGHT = 14;

    private final Canvas canvas = new Canvas(LENGTH, HEIGHT);
    private final Label number = whole(styled(new Label(), "number"));
    private final Tooltip more = new Tooltip();
    private final boolean keeps;
    private final ObservableValue<Theme> theme;
    private final String words;
    private @Nullable Shown shown;

    /// @param accuracy of the mask's heads; null for random heads
    /// @param draws    of random heads; empty for the mask's
    /// @param whole    with all heads
    private record Shown(double value, @Nullable JudgedAccuracy accuracy, List<JudgedAccuracy> draws, double whole) {}

    /// @param keeps whether it is of the model with only these heads, and not without them
    AccuracyBar(String id, String words, boolean keeps, ObservableValue<Theme> theme) {
        this.words = words;
        this.keeps = keeps;
        this.theme = theme;
        setId(id);
        getStyleClass().add("accuracy-bar");
        Label name = whole(styled(new Label(words), "note"));
        getChildren().addAll(name, row(canvas, named(number, id + "-number")));
        Tooltip.install(this, more);
        setFocusTraversable(false);
        theme.subscribe(t -> paint());
    }

    void show(JudgedAccuracy of, JudgedAccuracy whole) {
        more.setText(Words.of(
                "centre.causal.bar.more",
                words,
                percent(of.accuracy()),
                percent(of.low()),
                percent(of.high()),
                of.examples() + "",
                percent(whole.accuracy())));
        show(new Shown(of.accuracy(), of, List.of(), whole.accuracy()));
    }

    void show(double mean, List<JudgedAccuracy> draws, JudgedAccuracy whole) {
        more.setText(Words.of(
                "centre.causal.bar.random",
                words,
                percent(mean),
                draws.size() + "",
                String.join(", ", draws.stream().map(d -> percent(d.accuracy())).toList()),
                percent(whole.accuracy())));
        show(new Shown(mean, null, draws, whole.accuracy()));
    }

    private void show(Shown now) {
        shown = now;
        number.setText(percent(now.value) + " %");
        setAccessibleText(more.getText());
        paint();
    }

    private void paint() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, LENGTH, HEIGHT);
        Shown now = shown;
        if (now == null) {
            return;
        }
        Inks inks = Inks.of(theme.getValue());
        double middle = HEIGHT / 2;
        g.setFill(inks.line());
        g.fillRect(0, middle - 4, LENGTH, 8);
        g.setFill((keeps ? inks.accent() : inks.second()).deriveColor(0, 1, 1, now.accuracy == null ? 0.5 : 1));
        g.fillRect(0, middle - 4, LENGTH * now.value, 8);
        g.setFill(inks.text());
        for (JudgedAccuracy draw : now.draws) {
            g.fillOval(LENGTH * draw.accuracy() - 1.5, middle - 1.5, 3, 3);
        }
        g.setStroke(inks.text());
        g.setLineWidth(1.4);
        if (now.accuracy != null) {
            double low = LENGTH * now.accuracy.low();
            double high = LENGTH * now.accuracy.high();
            g.strokeLine(low, middle, high, middle);
            g.strokeLine(low, middle - 3, low, middle + 3);
            g.strokeLine(high, middle - 3, high, middle + 3);
        }
        g.setLineWidth(1);
        g.strokeLine(LENGTH * now.whole, 0, LENGTH * now.whole, HEIGHT);
    }

    private static String percent(double share) {
        return Numbers.decimal(100 * share, 0);
    }
}
