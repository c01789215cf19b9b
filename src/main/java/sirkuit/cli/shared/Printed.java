package sirkuit.cli.shared;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Printable;
import sirkuit.Problem;

/// Where all commands print. Texts are made safe for a terminal, and lost output is noticed. Bytes pass unchanged.
public final class Printed extends PrintStream {
    private final PrintStream to;

    public Printed(PrintStream to) {
        super(to, true, to.charset());
        this.to = to;
    }

    /// The stream behind it, for our own control characters.
    public PrintStream raw() {
        return to;
    }

    @Override
    public void print(@Nullable String text) {
        super.print(Printable.of(String.valueOf(text)));
    }

    @Override
    public void print(@Nullable Object o) {
        print(String.valueOf(o));
    }

    @Override
    public void print(char c) {
        print(String.valueOf(c));
    }

    @Override
    public void print(char[] text) {
        print(new String(text));
    }

    /// Standard output of this process, which keeps the reason if it could not be written.
    public static PrintStream standardOutput() {
        return new Standard(new Noted(new FileOutputStream(FileDescriptor.out)));
    }

    /// Whether the output goes to a terminal.
    public static boolean terminal() {
        try {
            Linker linker = Linker.nativeLinker();
            return (int) linker.downcallHandle(
                                    linker.defaultLookup().find("isatty").orElseThrow(),
                                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                            .invokeExact(1)
                    == 1;
        } catch (Throwable e) {
            return System.console() != null && System.console().isTerminal(); // Windows uses another name
        }
    }

    /// @throws Problem when any output was lost
    public void requireWhole() {
        flush();
        if (!checkError()) {
            return;
        }
        String why = to instanceof Standard standard ? standard.why() : null;
        boolean gone = why != null && why.matches("(?i).*(broken pipe|pipe is being closed).*");
        throw Problem.work(
                "cli.output-not-written",
                why == null ? "." : ": " + why + ".",
                gone ? Message.of("cli.reader-stopped") : Message.of("cli.output-incomplete"));
    }

    private static final class Standard extends PrintStream {
        private final Noted noted;

        public Standard(Noted noted) {
            super(noted, true, System.out.charset());
            this.noted = noted;
        }

        @Nullable
        public String why() {
            IOException first = noted.first.get();
            return first == null ? null : first.getMessage();
        }
    }

    /// Keeps the first error, which a [PrintStream] does not.
    private static final class Noted extends FilterOutputStream {
        private final AtomicReference<@Nullable IOException> first = new AtomicReference<>();

        public Noted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                first.compareAndSet(null, e);
                throw e;
            }
        }
    }
}
