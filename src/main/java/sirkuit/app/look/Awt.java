package sirkuit.app.look;

import java.awt.Color;
import java.awt.Font;

/// The window's colours and fonts for what is drawn with `java.awt`: charts, and figures that are written to files.
public final class Awt {
    public static final Font SMALL = new Font("SansSerif", Font.PLAIN, 12);
    public static final Font BOLD = new Font("SansSerif", Font.BOLD, 12);

    private Awt() {}

    public static Color of(javafx.scene.paint.Color c) {
        return new Color((float) c.getRed(), (float) c.getGreen(), (float) c.getBlue(), (float) c.getOpacity());
    }

    /// A colour with some transparency.
    ///
    /// @param opacity from 0 to 1
    public static Color of(javafx.scene.paint.Color c, double opacity) {
        return new Color((float) c.getRed(), (float) c.getGreen(), (float) c.getBlue(), (float) opacity);
    }
}
