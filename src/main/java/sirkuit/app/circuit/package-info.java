/// The selected heads as a circuit: which head feeds which, from the words at one end to the answer at the other.
@NullMarked
package sirkuit.app.circuit;

import org.jspecify.annotations.NullMarked;
