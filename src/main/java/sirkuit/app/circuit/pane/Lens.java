package sirkuit.app.circuit.pane;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/// Which part of a drawing is seen, and how large.
///
/// @param zoom 1 to [#LARGEST]; 1 shows all
/// @param x    how far the drawing is moved to the right, at most 0
/// @param y    how far down
public record Lens(double zoom, double x, double y) {
    public static final Lens WHOLE = new Lens(1, 0, 0);
    static final double LARGEST = 8;
    static final double STEP = 1.25;

    /// Nearer or farther; what lies at a point of the area stays there.
    Lens zoomed(double by, double atX, double atY, Rectangle2D area) {
        double next = Math.clamp(zoom * by, 1, LARGEST);
        double grown = next / zoom;
        return new Lens(
                        next,
                        atX - area.getX() - grown * (atX - area.getX() - x),
                        atY - area.getY() - grown * (atY - area.getY() - y))
                .within(area);
    }

    Lens moved(double dx, double dy, Rectangle2D area) {
        return new Lens(zoom, x + dx, y + dy).within(area);
    }

    /// Never beyond the edges of the drawing.
    Lens within(Rectangle2D area) {
        double beyond = 1 - zoom;
        return new Lens(zoom, Math.clamp(x, area.getWidth() * beyond, 0), Math.clamp(y, area.getHeight() * beyond, 0));
    }

    /// Moved so that a place of the whole drawing is in view, and no farther than needed.
    Lens showing(Point2D place, double margin, Rectangle2D area) {
        Point2D at = of(place, area);
        double dx = Math.max(0, area.getX() + margin - at.getX()) - Math.max(0, at.getX() + margin - area.getMaxX());
        double dy = Math.max(0, area.getY() + margin - at.getY()) - Math.max(0, at.getY() + margin - area.getMaxY());
        return moved(dx, dy, area);
    }

    /// Where a place of the whole drawing is seen.
    Point2D of(Point2D place, Rectangle2D area) {
        return new Point2D.Double(
                area.getX() + (place.getX() - area.getX()) * zoom + x,
                area.getY() + (place.getY() - area.getY()) * zoom + y);
    }
}
