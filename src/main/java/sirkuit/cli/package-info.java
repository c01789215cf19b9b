/// The command line and the program's one `main`; the commands about checkpoints and about runs have packages of their
/// own. Commands that compute start an engine process and show what it reports.
@NullMarked
package sirkuit.cli;

import org.jspecify.annotations.NullMarked;
