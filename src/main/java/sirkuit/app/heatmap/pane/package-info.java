/// The heatmap's pane: the canvas, the legend, and the bar that requests scores.
@NullMarked
package sirkuit.app.heatmap.pane;

import org.jspecify.annotations.NullMarked;
