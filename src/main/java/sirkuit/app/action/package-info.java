/// The actions of the window, as data. Menus, the command palette and the shortcuts are made from them. A package
/// registers its actions and does not need to know any menu.
@NullMarked
package sirkuit.app.action;

import org.jspecify.annotations.NullMarked;
