/// The values that tuning changed in a checkpoint, as a small file.
@NullMarked
package sirkuit.checkpoint.delta;

import org.jspecify.annotations.NullMarked;
