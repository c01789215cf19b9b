@NullMarked
package sirkuit.app.heatmap;

import org.jspecify.annotations.NullMarked;
