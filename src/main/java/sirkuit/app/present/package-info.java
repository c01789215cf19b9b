/// The open project for an audience: full screen, large, five pages in plain words, and nothing on them that a slow or
/// dead engine could break. Each page falls back to what was computed before and says so quietly.
@NullMarked
package sirkuit.app.present;

import org.jspecify.annotations.NullMarked;
