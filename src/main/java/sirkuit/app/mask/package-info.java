/// Selecting heads: the current mask with its strategy, undo and redo, and the controls below the heatmap.
@NullMarked
package sirkuit.app.mask;

import org.jspecify.annotations.NullMarked;
