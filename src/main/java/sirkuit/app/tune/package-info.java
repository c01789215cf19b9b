/// The settings of the next run.
@NullMarked
package sirkuit.app.tune;

import org.jspecify.annotations.NullMarked;
