/// What the commands share: options, the session with an engine, and printing.
@NullMarked
package sirkuit.cli.shared;

import org.jspecify.annotations.NullMarked;
