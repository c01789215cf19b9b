/// Preferences, the arrangement of the window and the mark of an open session, kept in files.
@NullMarked
package sirkuit.app.preferences;

import org.jspecify.annotations.NullMarked;
