/// The window's general parts: notices, overlays, status bar, style sheets, accelerators.
@NullMarked
package sirkuit.app.frame;

import org.jspecify.annotations.NullMarked;
