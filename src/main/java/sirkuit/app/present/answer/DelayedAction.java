package sirkuit.app.present.answer;

import java.time.Duration;

/// Does something after a delay, unless it is cancelled: how long a page waits for the engine.
@FunctionalInterface
public interface DelayedAction {
    /// @param then in the window's thread
    /// @return cancels it
    Runnable after(Duration time, Runnable then);
}
