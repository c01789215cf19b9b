/// Comparing: two scores or two checkpoints head by head, and how much of the task the top k heads of a score carry.
@NullMarked
package sirkuit.app.compare;

import org.jspecify.annotations.NullMarked;
