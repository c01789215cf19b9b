/// Tuning as a request of the engine: inputs, events on disk, resume points.
@NullMarked
package sirkuit.engine.tune;

import org.jspecify.annotations.NullMarked;
