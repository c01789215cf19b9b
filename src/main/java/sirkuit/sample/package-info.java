/// The sample projects: sentences from hand-written lexicons and grammars, small checkpoints pre-trained on them by the
/// workbench's transformer and optimizer, and scores, masks and runs by its engine.
@NullMarked
package sirkuit.sample;

import org.jspecify.annotations.NullMarked;
