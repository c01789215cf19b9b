/// Plots of runs: accuracy, loss, trade-off.
@NullMarked
package sirkuit.app.plot;

import org.jspecify.annotations.NullMarked;
