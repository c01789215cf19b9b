package sirkuit.hub;

import java.time.Duration;

/// How long to wait for a hub, and how often to retry.
///
/// @param attempts at the same bytes, before it fails
/// @param first    wait before the second attempt; each further wait is twice as long
/// @param silence  time without any data after which a connection counts as lost
/// @param listing  time limit for a whole listing, even if data keeps coming
record HubPatience(int attempts, Duration first, Duration silence, Duration listing) {
    static final HubPatience USUAL = new HubPatience(5, Duration.ofMillis(500), Duration.ofSeconds(30));

    HubPatience(int attempts, Duration first, Duration silence) {
        this(attempts, first, silence, Duration.ofMinutes(1));
    }

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// Waits after this many failures in a row.
    ///
    /// @param asked how long the hub asks us to wait
    void pause(int failures, Duration asked) throws InterruptedException {
        Duration own = first.multipliedBy(1L << Math.min(failures - 1, 10));
        Duration wait = own.compareTo(asked) > 0 ? own : asked;
        Thread.sleep(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }
}
