/// The chosen heads as a circuit: which feed which, from the words at one end to the answer at the other.
@NullMarked
package sirkuit.app.circuit;

import org.jspecify.annotations.NullMarked;
