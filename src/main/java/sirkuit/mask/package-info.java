/// Head masks: which attention heads are selected, how to select them by score or by hand, undo, files. Pure Java, used
/// by the engine, the window and the command line.
@NullMarked
package sirkuit.mask;

import org.jspecify.annotations.NullMarked;
