package sirkuit.app.figure;

import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import org.jfree.fx.FXGraphics2D;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;

/// Shows a figure as large as the space allows. It is drawn again whenever something that it depends on changes. A
/// larger text size enlarges all of it.
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

    /// The whole area, in the figure's units.
    public final Rectangle2D area() {
        double scale = TextScale.factor();
        return new Rectangle2D.Double(0, 0, getWidth() / scale, getHeight() / scale);
    }

    /// The position of the mouse, in the figure's units.
    public final Point2D place(MouseEvent e) {
        return new Point2D(e.getX(), e.getY()).multiply(1 / TextScale.factor());
    }

    @Override
    protected final void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        canvas.getGraphicsContext2D().setTransform(1, 0, 0, 1, 0, 0);
        canvas.getGraphicsContext2D().clearRect(0, 0, getWidth(), getHeight());
        Figure now = figure.get();
        if (now != null && getWidth() > 1 && getHeight() > 1) {
            // A new FXGraphics2D assumes that the canvas has the default font, so the font is set again.
            canvas.getGraphicsContext2D().setFont(Font.font("SansSerif", 12));
            FXGraphics2D g = new FXGraphics2D(canvas.getGraphicsContext2D());
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.scale(TextScale.factor(), TextScale.factor());
            now.paint(g, area(), theme.getValue());
        }
    }
}
