/// The engine process: it reads requests, does the work with libtorch, and reports events. This is the only part of the
/// engine that the window never loads.
@NullMarked
package sirkuit.engine.worker;

import org.jspecify.annotations.NullMarked;
