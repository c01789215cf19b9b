/// Runs as rows of a table, grouped by study, with the words of their results.
@NullMarked
package sirkuit.app.runs.table;

import org.jspecify.annotations.NullMarked;
