package sirkuit.cli.shared;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Problem;

/// The file that a command writes. `-` is standard output, and then nothing else is printed there.
public final class OutFile {
    private OutFile() {}

    /// Whether the file is standard output.
    public static boolean standard(@Nullable Path file) {
        return file != null && file.toString().equals("-");
    }

    /// @throws Problem when it could not be written at present
    public static void requireWritable(@Nullable Path file) {
        if (file != null && !standard(file)) {
            AtomicFile.requireWritable(file);
        }
    }

    /// For commands that write a folder.
    ///
    /// @throws Problem when standard output is meant
    public static void requireFolder(@Nullable Path folder, String option) {
        if (standard(folder)) {
            throw Problem.of("cli.output-must-be-folder", option);
        }
    }

    /// @throws Problem when it cannot be written
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// @throws Problem when it cannot be written
    public static void write(Path file, AtomicFile.Content content) {
        if (!standard(file)) {
            AtomicFile.write(file, content);
            return;
        }
        try {
            if (Printed.terminal()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                content.writeTo(bytes);
                System.out.print(bytes.toString(StandardCharsets.UTF_8));
            } else {
                PrintStream bytes = System.out instanceof Printed printed ? printed.raw() : System.out;
                OutputStream out = new BufferedOutputStream(bytes, 1 << 16);
                content.writeTo(out);
                out.flush();
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(Path.of("standard output"), e);
        }
    }

    /// Prints that the file has been written, unless it is standard output.
    public static void confirm(Path file) {
        if (!standard(file)) {
            System.err.println("written to " + file);
        }
    }
}
