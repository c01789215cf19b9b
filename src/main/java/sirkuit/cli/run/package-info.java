/// The commands about runs: they train, compare, export and report them.
@NullMarked
package sirkuit.cli.run;

import org.jspecify.annotations.NullMarked;
