/// A study: its plan, running it, and the fair comparison of its results.
@NullMarked
package sirkuit.study;

import org.jspecify.annotations.NullMarked;
