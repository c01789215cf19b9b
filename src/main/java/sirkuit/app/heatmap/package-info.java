/// The relevance of every head as a heatmap: requesting scores, colours, the canvas, and selecting heads on it with
/// mouse and keyboard.
@NullMarked
package sirkuit.app.heatmap;

import org.jspecify.annotations.NullMarked;
