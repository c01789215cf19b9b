package sirkuit.app.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import sirkuit.app.look.Theme;

/// Something that can be saved as a picture and as numbers.
public interface Figure {
    /// A name for files, without an ending.
    String name();

    /// Draws it into an area, background included.
    void paint(Graphics2D g, Rectangle2D area, Theme theme);

    /// Its numbers, with a heading first.
    List<List<String>> table();
}
