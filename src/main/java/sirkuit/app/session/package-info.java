/// The window independent of the open project: opening and closing projects, preferences, log, report.
@NullMarked
package sirkuit.app.session;

import org.jspecify.annotations.NullMarked;
