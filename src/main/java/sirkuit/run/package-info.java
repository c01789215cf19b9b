/// A run's folder, its events and its results.
@NullMarked
package sirkuit.run;

import org.jspecify.annotations.NullMarked;
