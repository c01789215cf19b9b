/// The runs: table, plots and studies side by side.
@NullMarked
package sirkuit.app.runs.pane;

import org.jspecify.annotations.NullMarked;
