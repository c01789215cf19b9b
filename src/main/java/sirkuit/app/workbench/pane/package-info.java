/// The views of an open project: the panels at its sides, its tabs and its steps.
@NullMarked
package sirkuit.app.workbench.pane;

import org.jspecify.annotations.NullMarked;
