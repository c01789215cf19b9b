/// What the open window holds whatever project is open: projects opened and closed, preferences, log, report.
@NullMarked
package sirkuit.app.session;

import org.jspecify.annotations.NullMarked;
