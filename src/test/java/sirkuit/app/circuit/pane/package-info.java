@NullMarked
package sirkuit.app.circuit.pane;

import org.jspecify.annotations.NullMarked;
