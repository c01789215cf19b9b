/// The actions of the window, as data. Menus, the palette of commands and the shortcuts are made from them. A package
/// registers its actions and needs to know no menu.
@NullMarked
package sirkuit.app.action;

import org.jspecify.annotations.NullMarked;
