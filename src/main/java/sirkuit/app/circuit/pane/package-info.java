/// The circuit's pane: the drawing, the list of edges, and the menu of groups.
@NullMarked
package sirkuit.app.circuit.pane;

import org.jspecify.annotations.NullMarked;
