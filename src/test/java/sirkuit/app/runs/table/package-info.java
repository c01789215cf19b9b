@NullMarked
package sirkuit.app.runs.table;

import org.jspecify.annotations.NullMarked;
