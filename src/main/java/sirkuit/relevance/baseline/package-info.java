/// The mean baseline, heads set to their mean, and the margin that all scores are counted in.
@NullMarked
package sirkuit.relevance.baseline;

import org.jspecify.annotations.NullMarked;
