/// What is said between a window or command line and the engine: typed, versioned requests and events, one JSON object
/// a line, and the client that starts an engine process and watches it. No DJL here: the worker's own room is
/// `sirkuit.engine.worker`.
@NullMarked
package sirkuit.engine;

import org.jspecify.annotations.NullMarked;
