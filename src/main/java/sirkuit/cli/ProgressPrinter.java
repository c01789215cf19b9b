package sirkuit.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import sirkuit.Printable;
import sirkuit.protocol.Event;

/// Progress on standard error: a bar on a terminal, a line now and then elsewhere.
final class ProgressPrinter {
    private static final String CLEAR = "\r\u001b[K";
    private static final int WIDTH = 30;
    private static final long BETWEEN_LINES = 5_000_000_000L;

    private final boolean terminal = onTerminal();
    private String stage = "";
    private long stageStart;
    private long lastLine;
    private boolean drawn;

    synchronized void show(Event.Progress p) {
        long now = System.nanoTime();
        boolean fresh = !p.stage().equals(stage);
        if (fresh) {
            stage = p.stage();
            stageStart = now;
        }
        if (terminal) {
            raw().print(CLEAR + Printable.line(bar(p) + left(p, now)));
            raw().flush();
            drawn = true;
        } else if (now - lastLine > BETWEEN_LINES) {
            lastLine = now;
            System.err.println(stage + " " + p.done() + " of " + p.total() + left(p, now));
        }
    }

    private static PrintStream raw() {
        return System.err instanceof Printed printed ? printed.raw() : System.err;
    }

    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    synchronized void clear() {
        if (drawn) {
            raw().print(CLEAR);
            raw().flush();
            drawn = false;
        }
    }

    /// Clears the line also of what the terminal wrote there itself, such as ^C.
    synchronized void clearLine() {
        drawn = terminal;
        clear();
    }

    private static String bar(Event.Progress p) {
        int filled = p.total() == 0 ? 0 : (int) (WIDTH * p.done() / p.total());
        return String.format(
                Locale.ROOT,
                "%-22s [%s%s] %d/%d",
                p.stage(),
                "#".repeat(filled),
                " ".repeat(WIDTH - filled),
                p.done(),
                p.total());
    }

    private String left(Event.Progress p, long now) {
        if (p.done() == 0 || p.done() >= p.total()) {
            return "";
        }
        double seconds = (now - stageStart) / 1e9 / p.done() * (p.total() - p.done());
        return String.format(Locale.ROOT, ", about %d s left", Math.round(seconds));
    }
}
