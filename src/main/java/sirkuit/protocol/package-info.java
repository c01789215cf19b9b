/// What passes between the engine and its callers: requests, events, and how they are written on a line.
@NullMarked
package sirkuit.protocol;

import org.jspecify.annotations.NullMarked;
