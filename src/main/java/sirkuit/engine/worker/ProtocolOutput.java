package sirkuit.engine.worker;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.slf4j.LoggerFactory;
import sirkuit.protocol.Event;
import sirkuit.protocol.Wire;

/// Standard output, reserved for the protocol. Anything else that prints, in Java or in a native library, goes to
/// standard error.
final class ProtocolOutput {
    private final PrintStream out;

    private ProtocolOutput(OutputStream out) {
        this.out = new PrintStream(new BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8);
    }

    /// Takes standard output, so that nothing else in this process can write to it.
    static ProtocolOutput claim() {
        OutputStream own;
        try {
            own = moved();
        } catch (Throwable e) {
            // No dup here (Windows): Java's own prints are redirected below, and libtorch does not print to stdout.
            LoggerFactory.getLogger(ProtocolOutput.class).debug("stdout not moved", e);
            own = new FileOutputStream(FileDescriptor.out);
        }
        System.setOut(System.err);
        return new ProtocolOutput(own);
    }

    /// Copies file descriptor 1 and redirects 1 to standard error. If that fails, 1 is as before.
    private static OutputStream moved() throws Throwable {
        FunctionDescriptor intOfInt = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        MethodHandle dup = function("dup", intOfInt);
        MethodHandle dup2 = function("dup2", intOfInt.appendArgumentLayouts(ValueLayout.JAVA_INT));
        MethodHandle write = function(
                "write",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        int kept = (int) dup.invokeExact(1);
        if (kept < 0) {
            throw new IOException("dup failed");
        }
        int replaced = (int) dup2.invokeExact(2, 1);
        if (replaced < 0) {
            throw new IOException("dup2 failed");
        }
        return new DescriptorOutput(kept, write);
    }

    private static MethodHandle function(String name, FunctionDescriptor signature) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), signature);
    }

    /// Writes to the descriptor itself, so that its position and mode stay as the parent process opened them.
    private static final class DescriptorOutput extends OutputStream {
        private final int descriptor;
        private final MethodHandle write;

        DescriptorOutput(int descriptor, MethodHandle write) {
            this.descriptor = descriptor;
            this.write = write;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment rest =
                        arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).asSlice(from, count);
                while (rest.byteSize() > 0) {
                    long written = (long) write.invokeExact(descriptor, rest, rest.byteSize());
                    if (written < 0) {
                        throw new IOException("write failed");
                    }
                    rest = rest.asSlice(written);
                }
            } catch (IOException e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException(e);
            }
        }
    }

    /// Sends an event that is not written to a file.
    void send(long request, Event event) {
        send(Wire.line(request, event, Instant.now()));
    }

    /// @param line an event as [Wire] writes it
    synchronized void send(String line) {
        out.print(line + "\n");
        out.flush();
    }

    /// Whether the reader at the other end is gone.
    boolean broken() {
        return out.checkError();
    }
}
