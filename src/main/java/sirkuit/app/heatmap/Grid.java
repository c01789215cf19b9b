package sirkuit.app.heatmap;

import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;

/// Where everything of a heatmap lies, in whole pixels so that cells are crisp.
///
/// @param cellWidth  width of a cell with its gap
/// @param cellHeight height of a cell with its gap
/// @param gap        between cells
/// @param left       x of the first cell
/// @param top        y of the first cell
/// @param barLeft    x where the per-layer bars begin
/// @param barWidth   longest bar; 0 when there is no room for bars
record Grid(
        int layers, int heads, int cellWidth, int cellHeight, int gap, int left, int top, int barLeft, int barWidth) {
    private static final int LABELS_LEFT = 44;
    private static final int LABELS_TOP = 30;
    private static final int MARGIN = 6;
    private static final int BARS = 96;
    private static final int WIDEST = 84;
    private static final int TALLEST = 76;

    static Grid fit(int layers, int heads, double width, double height) {
        int bars = width > 420 ? BARS : 0;
        int cellWidth = Math.clamp((long) ((width - LABELS_LEFT - MARGIN - bars) / heads), 2, WIDEST);
        int cellHeight = Math.clamp((long) ((height - LABELS_TOP - MARGIN) / layers), 2, TALLEST);
        int gap = Math.min(cellWidth, cellHeight) >= 16 ? 3 : Math.min(cellWidth, cellHeight) >= 6 ? 1 : 0;
        int used = LABELS_LEFT + heads * cellWidth + bars;
        int left = LABELS_LEFT + Math.max(0, (int) (width - used - MARGIN) / 2);
        int barLeft = left + heads * cellWidth + 14;
        return new Grid(
                layers, heads, cellWidth, cellHeight, gap, left, LABELS_TOP, barLeft, bars == 0 ? 0 : bars - 22);
    }

    int x(int head) {
        return left + head * cellWidth;
    }

    int y(int layer) {
        return top + layer * cellHeight;
    }

    int right() {
        return x(heads);
    }

    int bottom() {
        return y(layers);
    }

    /// Width of what is painted of a cell.
    int innerWidth() {
        return cellWidth - gap;
    }

    int innerHeight() {
        return cellHeight - gap;
    }

    @Nullable
    Head cell(double x, double y) {
        int head = (int) Math.floor((x - left) / cellWidth);
        int layer = (int) Math.floor((y - top) / cellHeight);
        return head >= 0 && head < heads && layer >= 0 && layer < layers ? new Head(layer, head) : null;
    }

    /// The layer whose name is at this point, -1 when there is none.
    int layerName(double x, double y) {
        int layer = (int) Math.floor((y - top) / cellHeight);
        return x < left && x >= left - LABELS_LEFT && layer >= 0 && layer < layers ? layer : -1;
    }

    /// The head whose name is at this point, -1 when there is none.
    int headName(double x, double y) {
        int head = (int) Math.floor((x - left) / cellWidth);
        return y < top && y >= 0 && head >= 0 && head < heads ? head : -1;
    }
}
