/// Head masks: which attention heads are selected, the ways to select them by score or by hand, undo, files. Pure Java,
/// used by the engine, the window and the command line alike.
@NullMarked
package sirkuit.mask;

import org.jspecify.annotations.NullMarked;
