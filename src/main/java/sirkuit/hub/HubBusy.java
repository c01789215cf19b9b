package sirkuit.hub;

import java.io.IOException;
import java.time.Duration;

/// The hub cannot answer now (429, 500 to 599).
final class HubBusy extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Duration asked;

    /// @param asked how long the hub asks us to wait; zero if it does not say
    HubBusy(int status, Duration asked) {
        super("it answers with status " + status);
        this.status = status;
        this.asked = asked;
    }

    static boolean is(int status) {
        return status == 429 || status >= 500;
    }

    int status() {
        return status;
    }

    static Duration asked(Throwable error) {
        return error instanceof HubBusy busy ? busy.asked : Duration.ZERO;
    }
}
