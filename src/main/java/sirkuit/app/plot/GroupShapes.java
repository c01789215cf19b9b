package sirkuit.app.plot;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.shape.SVGPath;
import sirkuit.app.look.Theme;
import sirkuit.app.runs.RunColours;
import sirkuit.app.runs.table.RunResultWords;
import sirkuit.run.RunKind;

/// A shape for each kind of run, so that runs differ not only by colour.
public final class GroupShapes {
    private GroupShapes() {}

    /// About ten pixels wide, centred on 0.
    static Shape of(RunKind group) {
        return switch (group) {
            case FULL -> new Rectangle2D.Double(-4.5, -4.5, 9, 9);
            case ALL_HEADS -> polygon(0, -6, 6, 0, 0, 6, -6, 0);
            case NORMS -> polygon(-5.5, 4.5, 0, -5.5, 5.5, 4.5);
            case BIASES -> polygon(-6, -1.8, 6, -1.8, 6, 1.8, -6, 1.8);
            case TOP_LAYERS -> polygon(-5.5, 5, -5.5, -1, 0, -6, 5.5, -1, 5.5, 5);
            case TOP -> new Ellipse2D.Double(-5, -5, 10, 10);
            case NEAR_ZERO -> polygon(-5.5, -4.5, 5.5, -4.5, 0, 5.5);
            case RANDOM -> cross(AffineTransform.getRotateInstance(Math.PI / 4));
            case OTHER -> cross(new AffineTransform());
            case KEEPING -> polygon(-5, -2.5, 0, -6, 5, -2.5, 5, 2.5, 0, 6, -5, 2.5);
        };
    }

    private static Shape cross(AffineTransform turn) {
        return turn.createTransformedShape(polygon(
                -1.8, -6, 1.8, -6, 1.8, -1.8, 6, -1.8, 6, 1.8, 1.8, 1.8, 1.8, 6, -1.8, 6, -1.8, 1.8, -6, 1.8, -6, -1.8,
                -1.8, -1.8));
    }

    private static Shape polygon(double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }

    /// The name of a kind.
    public static String words(RunKind kind) {
        return RunResultWords.kind(kind);
    }

    /// The same shape for the key, in a neutral colour.
    public static Node sign(RunKind group, Theme theme) {
        SVGPath sign = new SVGPath();
        StringBuilder path = new StringBuilder();
        double[] at = new double[6];
        for (PathIterator i = of(group).getPathIterator(null, 0.2); !i.isDone(); i.next()) {
            int kind = i.currentSegment(at);
            if (kind == PathIterator.SEG_CLOSE) {
                path.append("Z");
            } else {
                path.append(kind == PathIterator.SEG_MOVETO ? "M" : "L")
                        .append(String.format(Locale.ROOT, "%.2f,%.2f ", at[0], at[1]));
            }
        }
        sign.setContent(path.toString());
        sign.setFill(RunColours.of(theme).text());
        return sign;
    }
}
