/// The frame around all views: the application, the welcome screen, header, sidebar, notices and status bar.
@NullMarked
package sirkuit.app.shell;

import org.jspecify.annotations.NullMarked;
