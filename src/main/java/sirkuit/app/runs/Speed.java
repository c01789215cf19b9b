package sirkuit.app.runs;

import sirkuit.protocol.Event;

/// How fast a run was, for forecasts of similar runs.
public final class Speed {
    private static final double LATEST = 0.1;

    private double tokensPerSecond = Double.NaN;
    private double seconds = Double.NaN;
    private boolean interrupted;

    void take(Event event) {
        switch (event) {
            case Event.Stepped s -> {
                if (Double.isFinite(s.tokensPerSecond())) {
                    tokensPerSecond = Double.isNaN(tokensPerSecond)
                            ? s.tokensPerSecond()
                            : (1 - LATEST) * tokensPerSecond + LATEST * s.tokensPerSecond();
                }
            }
            case Event.Resumed r -> interrupted = true;
            case Event.Finished f -> seconds = interrupted ? Double.NaN : f.seconds();
            default -> {}
        }
    }

    /// Speed of its latest steps, without evaluations; NaN before the first.
    double tokensPerSecond() {
        return tokensPerSecond;
    }

    /// Time from its beginning to its end, with all evaluations; NaN if it has not finished, or was interrupted.
    public double seconds() {
        return seconds;
    }
}
