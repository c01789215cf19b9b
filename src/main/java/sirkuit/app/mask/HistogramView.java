package sirkuit.app.mask;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.RelevanceScores;

/// How many heads have which score, over an axis with the threshold as a line. The line is dragged, or moved by the
/// arrow keys.
final class HistogramView extends Region {
    private static final int BARS = 40;
    private static final double HEIGHT = 48;
    private static final double AXIS = 15;
    private static final double ROOM_FOR_NUMBER = 46;

    private final MaskModel model;
    private final ObservableValue<Theme> theme;
    private final Canvas canvas = new Canvas();

    HistogramView(MaskModel model, ObservableValue<Theme> theme) {
        this.model = model;
        this.theme = theme;
        setId("threshold-histogram");
        setAccessibleRole(AccessibleRole.SLIDER);
        setFocusTraversable(true);
        setMinWidth(120);
        getChildren().add(canvas);
        model.scores().subscribe(s -> requestLayout());
        model.mask().subscribe(m -> requestLayout()); // it may be of other scores
        model.threshold().subscribe(t -> {
            setAccessibleText(Words.of("centre.threshold", Numbers.score(t.doubleValue())));
            requestLayout();
        });
        theme.subscribe(t -> requestLayout());
        setOnMousePressed(e -> {
            requestFocus();
            e.consume(); // the tabs around would take the focus, and the arrow keys with it
            model.beginGesture();
            set(e.getX());
        });
        setOnMouseDragged(e -> set(e.getX()));
        setOnMouseReleased(e -> model.endGesture());
        setOnKeyPressed(e -> {
            double[] ends = ends(model.usedScores());
            double step = ends == null ? 0 : (ends[1] - ends[0]) / 100;
            switch (e.getCode()) {
                case LEFT, DOWN -> model.threshold().set(model.threshold().get() - step);
                case RIGHT, UP -> model.threshold().set(model.threshold().get() + step);
                default -> {
                    return;
                }
            }
            e.consume();
        });
    }

    private void set(double x) {
        double[] ends = ends(model.usedScores());
        if (ends != null && getWidth() > 1) {
            model.threshold().set(ends[0] + Math.clamp(x / getWidth(), 0, 1) * (ends[1] - ends[0]));
        }
    }

    private static double @Nullable [] ends(@Nullable RelevanceScores scores) {
        if (scores == null || scores.ranked().isEmpty()) {
            return null;
        }
        double low = scores.score(scores.ranked().getLast());
        double high = scores.score(scores.ranked().getFirst());
        double room = high > low ? 0.02 * (high - low) : 1;
        return new double[] {low - room, high + room};
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected double computePrefWidth(double height) {
        return 260;
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        RelevanceScores scores = model.usedScores();
        double[] ends = ends(scores);
        if (scores == null || ends == null || getWidth() < 2) {
            return;
        }
        Inks inks = Inks.of(theme.getValue());
        int[] counts = new int[BARS];
        int most = 1;
        for (double[] row : scores.score()) {
            for (double score : row) {
                if (!Double.isNaN(score)) {
                    int at = Math.clamp((long) (BARS * (score - ends[0]) / (ends[1] - ends[0])), 0, BARS - 1);
                    most = Math.max(most, ++counts[at]);
                }
            }
        }
        bars(g, inks, counts, most, ends);
        axis(g, inks, ends);
    }

    private void bars(GraphicsContext g, Inks inks, int[] counts, int most, double[] ends) {
        double wide = getWidth() / BARS;
        double floor = getHeight() - AXIS;
        double line = x(model.threshold().get(), ends);
        for (int i = 0; i < BARS; i++) {
            double tall = (floor - 4) * counts[i] / most;
            g.setFill((i + 0.5) * wide >= line ? inks.accent() : inks.muted().deriveColor(0, 1, 1, 0.5));
            g.fillRect(i * wide + 0.5, floor - tall, wide - 1, tall);
        }
        g.setStroke(isFocused() ? inks.second() : inks.text());
        g.setLineWidth(2);
        g.strokeLine(line, 0, line, floor);
    }

    private void axis(GraphicsContext g, Inks inks, double[] ends) {
        double floor = getHeight() - AXIS;
        g.setLineWidth(1);
        g.setStroke(inks.line());
        g.strokeLine(0, floor + 0.5, getWidth(), floor + 0.5);
        g.setFill(inks.muted());
        g.setFont(Font.font(10.5 * TextScale.factor()));
        g.setTextBaseline(VPos.BOTTOM);
        int most = (int) Math.clamp(getWidth() / (ROOM_FOR_NUMBER * TextScale.factor()), 2, 9);
        List<Double> ticks = Ticks.between(ends[0], ends[1], most);
        double step = ticks.size() < 2 ? 1 : ticks.get(1) - ticks.get(0);
        int digits = (int) Math.clamp(Math.ceil(-Math.log10(step) - 1e-9), 0, 6);
        for (double tick : ticks) {
            double x = x(tick, ends);
            g.strokeLine(x, floor, x, floor + 3);
            g.setTextAlign(
                    x < 14 ? TextAlignment.LEFT : x > getWidth() - 14 ? TextAlignment.RIGHT : TextAlignment.CENTER);
            g.fillText(Numbers.decimal(tick, digits), x, getHeight());
        }
    }

    private double x(double score, double[] ends) {
        return getWidth() * (score - ends[0]) / (ends[1] - ends[0]);
    }
}
