/// The mean baseline, heads set to their mean, and the margin that all scores use.
@NullMarked
package sirkuit.relevance.baseline;

import org.jspecify.annotations.NullMarked;
