package sirkuit.app.present.stage;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Theme;

/// Ten dots, filled for right answers. The last one is filled in part, so that the value before rounding can be seen.
final class TenDots extends Region {
    private static final int TEN = 10;
    private static final double FULL = 0.74;

    private final DoubleProperty share = new SimpleDoubleProperty();
    private final ObservableValue<Theme> theme;
    private final boolean second;
    private final Canvas canvas = new Canvas();

    /// @param second whether they are of the second colour
    TenDots(ObservableValue<Theme> theme, boolean second) {
        this.theme = theme;
        this.second = second;
        getStyleClass().add("stage-dots");
        getChildren().add(canvas);
        theme.subscribe(t -> requestLayout());
        share.subscribe(s -> requestLayout());
    }

    DoubleProperty share() {
        return share;
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, getWidth(), getHeight());
        Inks inks = Inks.of(theme.getValue());
        Color colour = second ? inks.second() : inks.accent();
        double step = Math.min(getWidth() / TEN, getHeight() / FULL);
        double size = step * FULL;
        double top = (getHeight() - size) / 2;
        for (int i = 0; i < TEN; i++) {
            double filled = Math.clamp(TEN * share.get() - i, 0, 1);
            double x = i * step;
            g.setFill(inks.line());
            g.fillOval(x, top, size, size);
            if (filled > 0) {
                g.save();
                g.beginPath();
                g.rect(x, top, size * filled, size);
                g.clip();
                g.setFill(colour);
                g.fillOval(x, top, size, size);
                g.restore();
            }
        }
    }
}
