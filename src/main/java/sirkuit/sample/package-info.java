/// The sample projects: sentences from lexicons and grammars written by hand, small checkpoints pre-trained on them by
/// the same transformer and optimizer that the workbench uses, scores, masks and runs by its engine.
@NullMarked
package sirkuit.sample;

import org.jspecify.annotations.NullMarked;
