/// A run's folder, its events and what they come to.
@NullMarked
package sirkuit.run;

import org.jspecify.annotations.NullMarked;
