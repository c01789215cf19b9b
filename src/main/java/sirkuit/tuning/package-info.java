/// Masked fine-tuning: the trainable slices of a checkpoint, AdamW over them, the schedule, evaluation, and the adapted
/// tensors. Values that are not trainable are never changed.
@NullMarked
package sirkuit.tuning;

import org.jspecify.annotations.NullMarked;
