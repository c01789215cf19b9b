/// Tables of texts: CSV, TSV, JSON lines, Parquet.
@NullMarked
package sirkuit.dataset.table;

import org.jspecify.annotations.NullMarked;
