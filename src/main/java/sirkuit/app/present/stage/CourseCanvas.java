package sirkuit.app.present.stage;

import java.util.List;
import java.util.function.ToDoubleFunction;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.present.TeachModel;
import sirkuit.app.runs.RunModel;
import sirkuit.protocol.Event;

/// Right answers of ten during the run: the new language solid, the old one dashed.
final class CourseCanvas extends Region {
    private static final int TEN = 10;

    private final TeachModel model;
    private final ObservableValue<Theme> theme;
    private final Canvas canvas = new Canvas();

    CourseCanvas(TeachModel model, ObservableValue<Theme> theme) {
        this.model = model;
        this.theme = theme;
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(Words.of("present.teach.picture"));
        setMinSize(120, 120);
        getChildren().add(canvas);
        theme.subscribe(t -> requestLayout());
        model.shown().subscribe(s -> requestLayout());
        model.run().subscribe(r -> requestLayout());
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, getWidth(), getHeight());
        if (getWidth() < 1) {
            return;
        }
        Inks inks = Inks.of(theme.getValue());
        double unit = Math.min(getHeight() / 24, getWidth() / 38);
        double left = 3.4 * unit;
        double bottom = getHeight() - 1.8 * unit;
        double top = unit;
        double right = getWidth() - unit;
        RunModel run = model.run().get();
        List<Event.Evaluated> shown = run == null
                ? List.of()
                : run.evaluations().subList(0, model.shown().get());
        double lowest = lowest(run);
        g.setFont(Font.font("SansSerif", 0.95 * unit));
        g.setTextAlign(TextAlignment.RIGHT);
        for (int tenth = (int) (TEN * lowest); tenth <= TEN; tenth++) {
            double y = y(tenth / (double) TEN, lowest, top, bottom);
            g.setStroke(inks.line());
            g.setLineWidth(1);
            g.setLineDashes();
            g.strokeLine(left, y, right, y);
            if (tenth % 2 == 0) {
                g.setFill(inks.muted());
                g.fillText(tenth + "", left - 0.7 * unit, y + 0.35 * unit);
            }
        }
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(Words.of("present.teach.axis"), left, getHeight() - 0.3 * unit);
        int steps = run == null ? 0 : Math.max(run.planned(), 1);
        line(
                g,
                shown,
                e -> e.source() == null ? Double.NaN : e.source().accuracy(),
                inks.second(),
                unit,
                e -> new double[] {left + (right - left) * e.step() / steps, 0},
                v -> y(v, lowest, top, bottom),
                true);
        line(
                g,
                shown,
                e -> e.learnt().accuracy(),
                inks.accent(),
                unit,
                e -> new double[] {left + (right - left) * e.step() / steps, 0},
                v -> y(v, lowest, top, bottom),
                false);
    }

    /// The lower end of the axis: a round tenth below the lowest value.
    private static double lowest(@Nullable RunModel run) {
        double least = 0.5;
        if (run != null) {
            for (Event.Evaluated e : run.evaluations()) {
                least = Math.min(least, e.learnt().accuracy());
                least = Math.min(least, e.source() == null ? 1 : e.source().accuracy());
            }
        }
        return Math.max(0, Math.floor(TEN * least / 2 - 0.01) * 2 / TEN);
    }

    private static double y(double share, double lowest, double top, double bottom) {
        return bottom - (bottom - top) * (share - lowest) / (1 - lowest);
    }

    private static void line(
            GraphicsContext g,
            List<Event.Evaluated> shown,
            ToDoubleFunction<Event.Evaluated> value,
            Color colour,
            double unit,
            java.util.function.Function<Event.Evaluated, double[]> at,
            java.util.function.DoubleUnaryOperator height,
            boolean dashed) {
        g.setStroke(colour);
        g.setFill(colour);
        g.setLineWidth(0.32 * unit);
        g.setLineCap(StrokeLineCap.ROUND);
        g.setLineJoin(StrokeLineJoin.ROUND);
        g.setLineDashes(dashed ? new double[] {0.9 * unit, 0.8 * unit} : new double[0]);
        g.beginPath();
        boolean begun = false;
        double x = 0;
        double y = 0;
        for (Event.Evaluated e : shown) {
            double share = value.applyAsDouble(e);
            if (Double.isNaN(share)) {
                continue;
            }
            x = at.apply(e)[0];
            y = height.applyAsDouble(share);
            if (begun) {
                g.lineTo(x, y);
            } else {
                g.moveTo(x, y);
                begun = true;
            }
        }
        if (begun) {
            g.stroke();
            double dot = 0.95 * unit;
            g.fillOval(x - dot / 2, y - dot / 2, dot, dot);
        }
        g.setLineDashes();
    }
}
