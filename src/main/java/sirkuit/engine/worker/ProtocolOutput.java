package sirkuit.engine.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.LoggerFactory;
import sirkuit.engine.Event;
import sirkuit.engine.Wire;

/// Standard output, kept for the protocol alone: whatever else prints, in Java or in a native library, lands on
/// standard error.
final class ProtocolOutput {
    private static final Path DESCRIPTORS = Path.of("/dev/fd");

    private final PrintStream out;

    private ProtocolOutput(OutputStream out) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    }

    /// Takes standard output away from everything else in this process.
    static ProtocolOutput claim() {
        OutputStream own = new FileOutputStream(FileDescriptor.out);
        if (Files.isDirectory(DESCRIPTORS)) {
            try {
                own = moved();
            } catch (Throwable e) {
                LoggerFactory.getLogger(ProtocolOutput.class).warn("stdout not moved", e);
            }
        }
        // Without /dev/fd (Windows) Java's own prints are redirected at least; libtorch does not print to stdout.
        System.setOut(System.err);
        return new ProtocolOutput(own);
    }

    /// Copies file descriptor 1 elsewhere and lets 1 be standard error; when that fails, 1 is as before.
    private static OutputStream moved() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MemorySegment dup = linker.defaultLookup().find("dup").orElseThrow();
        MemorySegment dup2 = linker.defaultLookup().find("dup2").orElseThrow();
        MethodHandle copy =
                linker.downcallHandle(dup, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        MethodHandle replace = linker.downcallHandle(
                dup2, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        int kept = (int) copy.invokeExact(1);
        if (kept < 0) {
            throw new IOException("dup failed");
        }
        // Appending: standard output may be a file that others have written to.
        OutputStream own =
                new FileOutputStream(DESCRIPTORS.resolve(Integer.toString(kept)).toFile(), true);
        int replaced = (int) replace.invokeExact(2, 1);
        if (replaced < 0) {
            own.close();
            throw new IOException("dup2 failed");
        }
        return own;
    }

    synchronized void send(long request, Event event) {
        out.print(Wire.line(request, event, Instant.now()) + "\n");
        out.flush();
    }

    /// Whether the reader at the other end has gone.
    boolean broken() {
        return out.checkError();
    }
}
