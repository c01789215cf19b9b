/// Everything that can be done in the window, as data: menus, the palette of commands and the shortcuts come from it.
/// A room registers what it can do; it needs to know no menu.
@NullMarked
package sirkuit.app.action;

import org.jspecify.annotations.NullMarked;
