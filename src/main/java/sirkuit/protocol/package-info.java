/// What goes between the engine and whoever asks it: requests, events, and how they are written on a line.
@NullMarked
package sirkuit.protocol;

import org.jspecify.annotations.NullMarked;
