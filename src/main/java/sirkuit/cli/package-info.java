/// The command line and the program's only `main`. The commands about checkpoints and about runs have their own
/// packages. Commands that compute start an engine process and show what it reports.
@NullMarked
package sirkuit.cli;

import org.jspecify.annotations.NullMarked;
