/// The appearance that all parts of the window share: the two themes, icons, how numbers and paths are written.
@NullMarked
package sirkuit.app.look;

import org.jspecify.annotations.NullMarked;
