/// The client that starts an engine process, sends it requests and watches it. There is no DJL here; the process itself
/// is in `sirkuit.engine.worker`.
@NullMarked
package sirkuit.engine;

import org.jspecify.annotations.NullMarked;
