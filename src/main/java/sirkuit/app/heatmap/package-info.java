/// The relevance of every head as a heatmap: asking the engine for scores, colours, the canvas, and selecting heads on
/// it by mouse and keyboard.
@NullMarked
package sirkuit.app.heatmap;

import org.jspecify.annotations.NullMarked;
