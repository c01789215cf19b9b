package sirkuit.app.heatmap.pane;

import sirkuit.app.heatmap.paint.Grid;
import sirkuit.mask.Head;

/// The room of a heatmap, and how one looks around in it.
///
/// @param withBars whether bars take part of the room
record Room(int layers, int heads, double width, double height, boolean withBars) {
    Grid grid(Grid.View view) {
        return Grid.fit(layers, heads, width, height, view, withBars);
    }

    /// Nearer or farther. What lies below the point stays there, as far as that is possible.
    Grid.View zoomed(Grid.View from, double zoom, double x, double y) {
        Grid before = grid(from);
        Grid after = grid(new Grid.View(zoom, 0, 0));
        double across = Math.clamp((x - before.left() + before.panX()) / width(before), 0, 1);
        double down = Math.clamp((y - before.top() + before.panY()) / height(before), 0, 1);
        return at(zoom, after, across * width(after) - (x - after.left()), down * height(after) - (y - after.top()));
    }

    /// Moved by that many pixels.
    Grid.View panned(Grid.View from, double x, double y) {
        Grid now = grid(from);
        return at(from.zoom(), now, now.panX() + x, now.panY() + y);
    }

    /// Moved no farther than needed for the whole of a head to be seen.
    Grid.View revealing(Grid.View from, Head head) {
        Grid now = grid(from);
        return at(
                from.zoom(),
                now,
                now.panX() + beyond(now.x(head.head()), now.cellWidth(), now.left(), now.roomWidth()),
                now.panY() + beyond(now.y(head.layer()), now.cellHeight(), now.top(), now.roomHeight()));
    }

    /// How far a cell lies outside: negative before the beginning.
    private static int beyond(int cell, int size, int begin, int room) {
        if (cell < begin) {
            return cell - begin;
        }
        return Math.max(0, Math.min(cell - begin, cell + size - begin - room));
    }

    private static Grid.View at(double zoom, Grid grid, double panX, double panY) {
        return new Grid.View(
                zoom, share(panX, width(grid) - grid.roomWidth()), share(panY, height(grid) - grid.roomHeight()));
    }

    private static double share(double pan, int most) {
        return most <= 0 ? 0 : Math.clamp(pan / most, 0, 1);
    }

    private static int width(Grid grid) {
        return grid.heads() * grid.cellWidth();
    }

    private static int height(Grid grid) {
        return grid.layers() * grid.cellHeight();
    }
}
