/// The window. Each package inside has view models (state and logic in plain properties, tested without a window) and
/// thin views that bind to them. The window never loads the engine's libraries: it talks to an engine process.
@NullMarked
package sirkuit.app;

import org.jspecify.annotations.NullMarked;
