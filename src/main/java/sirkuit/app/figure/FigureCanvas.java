package sirkuit.app.figure;

import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import org.jfree.fx.FXGraphics2D;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Theme;

/// Shows a figure, as large as there is room; it is asked for anew whenever something it depends on has changed.
public class FigureCanvas extends Region {
    private final Canvas canvas = new Canvas();
    private final Supplier<? extends @Nullable Figure> figure;
    private final ObservableValue<Theme> theme;

    /// @param causes what the figure depends on
    public FigureCanvas(
            Supplier<? extends @Nullable Figure> figure, ObservableValue<Theme> theme, ObservableValue<?>... causes) {
        this.figure = figure;
        this.theme = theme;
        setMinSize(160, 120);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        theme.subscribe(t -> requestLayout());
        for (ObservableValue<?> cause : causes) {
            cause.subscribe(c -> requestLayout());
        }
    }

    /// The whole of it.
    public final Rectangle2D area() {
        return new Rectangle2D.Double(0, 0, getWidth(), getHeight());
    }

    @Override
    protected final void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        canvas.getGraphicsContext2D().clearRect(0, 0, getWidth(), getHeight());
        Figure now = figure.get();
        if (now != null && getWidth() > 1 && getHeight() > 1) {
            FXGraphics2D g = new FXGraphics2D(canvas.getGraphicsContext2D());
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            now.paint(g, area(), theme.getValue());
        }
    }
}
