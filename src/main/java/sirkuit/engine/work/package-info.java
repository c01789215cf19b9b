/// What all requests of the engine share: the loaded checkpoint, how texts are read for it, progress and failures.
@NullMarked
package sirkuit.engine.work;

import org.jspecify.annotations.NullMarked;
