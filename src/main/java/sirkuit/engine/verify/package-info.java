/// Recomputes reference cases and compares them with their expected numbers.
@NullMarked
package sirkuit.engine.verify;

import org.jspecify.annotations.NullMarked;
