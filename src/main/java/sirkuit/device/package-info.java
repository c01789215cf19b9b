/// The device that computes: libtorch, memory, lanes.
@NullMarked
package sirkuit.device;

import org.jspecify.annotations.NullMarked;
