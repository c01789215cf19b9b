package sirkuit.app.present;

import java.time.Duration;

/// Does something later, unless it is told not to: how long a page waits for the engine.
@FunctionalInterface
public interface Patience {
    /// @param then in the window's thread
    /// @return calls it off
    Runnable after(Duration time, Runnable then);
}
