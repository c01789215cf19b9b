/// What every request of the engine works with: the loaded checkpoint, how texts are read for it, progress and
/// failures.
@NullMarked
package sirkuit.engine.work;

import org.jspecify.annotations.NullMarked;
