/// Exports a run's result: a checkpoint with a model card, or a delta. The package prints nothing and knows no options.
/// The command line calls it, and the engine calls it for the window.
@NullMarked
package sirkuit.export;

import org.jspecify.annotations.NullMarked;
