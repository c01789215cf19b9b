@NullMarked
package sirkuit.app.heatmap.pane;

import org.jspecify.annotations.NullMarked;
