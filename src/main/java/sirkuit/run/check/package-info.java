/// Whether the files that a run was made from are still the same.
@NullMarked
package sirkuit.run.check;

import org.jspecify.annotations.NullMarked;
