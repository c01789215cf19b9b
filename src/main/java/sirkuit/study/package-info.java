/// A study: its plan, working on its runs, and the fair comparison of what they came to.
@NullMarked
package sirkuit.study;

import org.jspecify.annotations.NullMarked;
