/// What draws the heatmap: the grid of cells and its zoom, the colours, and the painters of cells, margins and marks.
@NullMarked
package sirkuit.app.heatmap.paint;

import org.jspecify.annotations.NullMarked;
