/// Tuning and its results: the settings, live and reopened runs (drawn by the same code from the same events), the plot
/// of accuracy against step, the table.
@NullMarked
package sirkuit.app.runs;

import org.jspecify.annotations.NullMarked;
