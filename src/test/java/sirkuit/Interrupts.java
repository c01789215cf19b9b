package sirkuit;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// For tests that interrupt a process as Ctrl-C does. A shell that starts something in the background makes it, and all
/// that it starts, ignore interrupts: there such a process would never end.
public final class Interrupts {
    private static final long INTERRUPT = 1 << 1;

    private Interrupts() {}

    /// Skips the test, with a word, where interrupts are ignored.
    public static void assumeHeard() throws IOException {
        assumeThat(ignored())
                .as("interrupts are ignored, as in the background of a shell")
                .isFalse();
    }

    private static boolean ignored() throws IOException {
        Path status = Path.of("/proc/self/status"); // Linux's
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & INTERRUPT) != 0);
    }
}
