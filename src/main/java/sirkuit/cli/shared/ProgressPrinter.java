package sirkuit.cli.shared;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import sirkuit.Printable;

/// Progress on standard error: a bar on a terminal, an occasional line elsewhere.
public final class ProgressPrinter {
    private static final String CLEAR = "\r\u001b[K";
    private static final int WIDTH = 30;
    private static final long BETWEEN_LINES = 5_000_000_000L;

    private final boolean terminal = onTerminal();
    private String stage = "";
    private long stageStart;
    private long lastLine;
    private boolean drawn;

    /// @param what  what is being done
    /// @param done  of `total`
    public synchronized void show(String what, long done, long total) {
        long now = System.nanoTime();
        boolean fresh = !what.equals(stage);
        if (fresh) {
            stage = what;
            stageStart = now;
        }
        if (terminal) {
            raw().print(CLEAR + Printable.line(bar(what, done, total) + left(done, total, now)));
            raw().flush();
            drawn = true;
        } else if (now - lastLine > BETWEEN_LINES) {
            lastLine = now;
            System.err.println(stage + " " + done + " of " + total + left(done, total, now));
        }
    }

    private static PrintStream raw() {
        return System.err instanceof Printed printed ? printed.raw() : System.err;
    }

    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    public synchronized void clear() {
        if (drawn) {
            raw().print(CLEAR);
            raw().flush();
            drawn = false;
        }
    }

    /// Clears the line, including what the terminal itself wrote there, such as ^C.
    public synchronized void clearLine() {
        drawn = terminal;
        clear();
    }

    private static String bar(String what, long done, long total) {
        int filled = total == 0 ? 0 : (int) (WIDTH * done / total);
        return String.format(
                Locale.ROOT, "%-22s [%s%s] %d/%d", what, "#".repeat(filled), " ".repeat(WIDTH - filled), done, total);
    }

    private String left(long done, long total, long now) {
        if (done == 0 || done >= total) {
            return "";
        }
        double seconds = (now - stageStart) / 1e9 / done * (total - done);
        return String.format(Locale.ROOT, ", about %d s left", Math.round(seconds));
    }
}
