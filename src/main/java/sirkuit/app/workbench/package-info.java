/// The view of an open project: its sidebar, its tabs and what they share.
@NullMarked
package sirkuit.app.workbench;

import org.jspecify.annotations.NullMarked;
