/// A study: its plan, its cells and the fair comparison of its runs.
@NullMarked
package sirkuit.study;

import org.jspecify.annotations.NullMarked;
