/// The window's own parts, whatever it shows: notices, overlays, status bar, style sheets, accelerators.
@NullMarked
package sirkuit.app.frame;

import org.jspecify.annotations.NullMarked;
