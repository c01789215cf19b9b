/// The frame that holds the rooms together: the application, the welcome screen, header, sidebar, notices and status
/// bar, and what is remembered between sessions.
@NullMarked
package sirkuit.app.shell;

import org.jspecify.annotations.NullMarked;
