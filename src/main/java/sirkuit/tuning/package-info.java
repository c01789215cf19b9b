/// Masked fine-tuning: the trainable slices of a checkpoint, AdamW over them, the schedule, evaluation, and the adapted
/// tensors. What is not trainable is never touched.
@NullMarked
package sirkuit.tuning;

import org.jspecify.annotations.NullMarked;
