/// What the engine is doing for this window: its state, its jobs, and the notices that say what went wrong and what to
/// do about it. View models only; nothing here is drawn.
@NullMarked
package sirkuit.app.work;

import org.jspecify.annotations.NullMarked;
