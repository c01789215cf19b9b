package sirkuit.app.heatmap.paint;

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
/// @param panX       how far the cells are moved to the left, when they are larger than their room
/// @param panY       how far up
/// @param roomWidth  of the cells
/// @param roomHeight of the cells
/// @param feet       room for the bars of the head positions below the cells; 0 for none
public record Grid(
        int layers,
        int heads,
        int cellWidth,
        int cellHeight,
        int gap,
        int left,
        int top,
        int barLeft,
        int barWidth,
        int panX,
        int panY,
        int roomWidth,
        int roomHeight,
        int feet) {
    private static final int LABELS_LEFT = 44;
    private static final int LABELS_TOP = 30;
    private static final int MARGIN = 6;
    private static final int BARS = 96;
    private static final int HEAD_BARS = 34;
    private static final int LEAST_ABOVE_FEET = 20;
    private static final int WIDEST = 220;
    private static final int TALLEST = 150;

    static Grid fit(int layers, int heads, double width, double height) {
        return fit(layers, heads, width, height, View.WHOLE, true);
    }

    /// What part of the cells is looked at.
    ///
    /// @param zoom 1 for all of them
    /// @param x    share of the way to the right end, 0 to 1
    /// @param y    share of the way to the lower end
    public record View(double zoom, double x, double y) {
        private static final double[] STEPS = {1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16};
        private static final double MOST = STEPS[STEPS.length - 1];
        public static final View WHOLE = new View(1, 0, 0);

        public View {
            zoom = Math.clamp(zoom, 1, MOST);
            x = zoom == 1 ? 0 : Math.clamp(x, 0, 1);
            y = zoom == 1 ? 0 : Math.clamp(y, 0, 1);
        }

        /// The zoom that many steps nearer, or farther when negative.
        public double stepped(int by) {
            int at = 0;
            while (at < STEPS.length - 1 && STEPS[at + 1] <= zoom) {
                at++;
            }
            return STEPS[Math.clamp(at + by, 0, STEPS.length - 1)];
        }

        public boolean nearest() {
            return zoom >= MOST;
        }

        public int percent() {
            return (int) Math.round(100 * zoom);
        }
    }

    public static Grid fit(int layers, int heads, double width, double height, View view, boolean withBars) {
        int bars = withBars && width > 420 ? BARS : 0;
        int availableWidth = (int) width - LABELS_LEFT - MARGIN - bars;
        int cellWidth = Math.clamp(availableWidth / heads, 2, WIDEST);
        int feet = withBars && cellWidth >= 6 ? HEAD_BARS : 0;
        int cellHeight = cellHeight(layers, height - feet);
        if (feet > 0 && cellHeight < LEAST_ABOVE_FEET) {
            feet = 0; // rows one can read come first
            cellHeight = cellHeight(layers, height);
        }
        int availableHeight = (int) height - LABELS_TOP - MARGIN - feet;
        int mostWidth = Math.max(availableWidth, cellWidth * heads);
        int mostHeight = Math.max(availableHeight, cellHeight * layers);
        cellWidth = (int) Math.round(cellWidth * view.zoom);
        cellHeight = (int) Math.round(cellHeight * view.zoom);
        int roomWidth = Math.min(mostWidth, cellWidth * heads);
        int roomHeight = Math.min(mostHeight, cellHeight * layers);
        int gap = Math.min(cellWidth, cellHeight) >= 16 ? 3 : Math.min(cellWidth, cellHeight) >= 6 ? 1 : 0;
        int used = LABELS_LEFT + roomWidth + bars;
        int left = LABELS_LEFT + Math.max(0, (int) (width - used - MARGIN) / 2);
        int barLeft = left + roomWidth + 14;
        return new Grid(
                layers,
                heads,
                cellWidth,
                cellHeight,
                gap,
                left,
                LABELS_TOP,
                barLeft,
                bars == 0 ? 0 : bars - 22,
                (int) Math.round(view.x * (heads * cellWidth - roomWidth)),
                (int) Math.round(view.y * (layers * cellHeight - roomHeight)),
                roomWidth,
                roomHeight,
                feet);
    }

    private static int cellHeight(int layers, double height) {
        return Math.clamp((int) (height - LABELS_TOP - MARGIN) / layers, 2, TALLEST);
    }

    public int x(int head) {
        return left - panX + head * cellWidth;
    }

    public int y(int layer) {
        return top - panY + layer * cellHeight;
    }

    public int right() {
        return x(heads);
    }

    public int bottom() {
        return y(layers);
    }

    /// Width of what is painted of a cell.
    public int innerWidth() {
        return cellWidth - gap;
    }

    public int innerHeight() {
        return cellHeight - gap;
    }

    @Nullable
    public Head cell(double x, double y) {
        int head = (int) Math.floor((x - left + panX) / cellWidth);
        int layer = (int) Math.floor((y - top + panY) / cellHeight);
        return inside(x, y) && head >= 0 && head < heads && layer >= 0 && layer < layers ? new Head(layer, head) : null;
    }

    private boolean inside(double x, double y) {
        return x >= left && x < left + roomWidth && y >= top && y < top + roomHeight;
    }

    /// Whether all cells are in their room.
    public boolean whole() {
        return heads * cellWidth <= roomWidth && layers * cellHeight <= roomHeight;
    }

    /// Whether a layer is in the room.
    public boolean showsLayer(int layer) {
        return y(layer) + cellHeight > top && y(layer) < top + roomHeight;
    }

    /// Whether a head position is in the room.
    public boolean showsHead(int head) {
        return x(head) + cellWidth > left && x(head) < left + roomWidth;
    }

    /// The layer whose name is at this point, -1 when there is none.
    public int layerName(double x, double y) {
        int layer = (int) Math.floor((y - top + panY) / cellHeight);
        boolean named = x < left && x >= left - LABELS_LEFT && y >= top && y < top + roomHeight;
        return named && layer >= 0 && layer < layers ? layer : -1;
    }

    /// The head whose name is at this point, -1 when there is none.
    public int headName(double x, double y) {
        int head = (int) Math.floor((x - left + panX) / cellWidth);
        boolean named = y < top && y >= 0 && x >= left && x < left + roomWidth;
        return named && head >= 0 && head < heads ? head : -1;
    }
}
