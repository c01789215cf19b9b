package sirkuit.app.mask;

import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.RelevanceScores;

/// How many heads have which score, with the threshold as a line. The line is dragged, or moved by the arrow keys.
final class HistogramView extends Region {
    private static final int BARS = 40;
    private static final double HEIGHT = 34;

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
            double[] ends = ends(model.scores().get());
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
        double[] ends = ends(model.scores().get());
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
        RelevanceScores scores = model.scores().get();
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
        double wide = getWidth() / BARS;
        double line = getWidth() * (model.threshold().get() - ends[0]) / (ends[1] - ends[0]);
        for (int i = 0; i < BARS; i++) {
            double tall = (getHeight() - 6) * counts[i] / most;
            g.setFill((i + 0.5) * wide >= line ? inks.accent() : inks.muted().deriveColor(0, 1, 1, 0.5));
            g.fillRect(i * wide + 0.5, getHeight() - tall, wide - 1, tall);
        }
        g.setStroke(inks.line());
        g.strokeLine(0, getHeight() - 0.5, getWidth(), getHeight() - 0.5);
        g.setStroke(isFocused() ? inks.second() : inks.text());
        g.setLineWidth(2);
        g.strokeLine(line, 0, line, getHeight());
    }
}
