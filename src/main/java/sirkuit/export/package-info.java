/// Writes what a run came to for others: a checkpoint with a model card, or a delta. It prints nothing and knows no
/// options; the command line calls it, and the engine calls it for the window.
@NullMarked
package sirkuit.export;

import org.jspecify.annotations.NullMarked;
