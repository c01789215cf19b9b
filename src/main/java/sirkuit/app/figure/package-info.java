/// Figures: drawn the same on screen and in files, with their numbers.
@NullMarked
package sirkuit.app.figure;

import org.jspecify.annotations.NullMarked;
