/// What the open window has, whichever project is open: opening and closing projects, preferences, log, report.
@NullMarked
package sirkuit.app.session;

import org.jspecify.annotations.NullMarked;
