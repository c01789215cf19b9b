/// Which texts each step of a training learns from, and the seeds of epochs and steps. Everything follows from the
/// run's seed and a number, so that a run resumes anywhere.
@NullMarked
package sirkuit.tuning.order;

import org.jspecify.annotations.NullMarked;
