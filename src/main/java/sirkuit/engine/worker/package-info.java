/// The engine process itself: reads requests, does the work with libtorch, reports events. The only part of the engine
/// that the window never loads.
@NullMarked
package sirkuit.engine.worker;

import org.jspecify.annotations.NullMarked;
