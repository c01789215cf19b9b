package sirkuit.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// The rows of a data file, one after another: nothing but the row at hand is in memory.
interface Table extends AutoCloseable {
    /// Names of the columns; of JSON lines those of the first object.
    List<String> columns();

    /// @return null after the last
    /// @throws Problem naming file and line
    @Nullable
    Row next();

    @Override
    void close();

    /// @throws Problem naming the file
    static Table open(Path file, TextFormat format) {
        return switch (format) {
            case CSV -> DelimitedTable.csv(file);
            case TSV -> DelimitedTable.tsv(file);
            case JSONL -> new JsonLinesTable(file);
            case PARQUET -> new ParquetTable(file);
        };
    }

    /// One row.
    interface Row {
        long line();

        /// The value of a column as text; null where there is none.
        ///
        /// @throws Problem when it is not a single value
        @Nullable
        String get(String column);
    }

    /// The bytes of a file, unpacked when it is gzipped (which its first bytes tell).
    static InputStream bytes(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return zipped ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /// What to tell when a file cannot be read.
    static Problem unreadable(Path file, String format, Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return new Problem(file + " is not UTF-8 text.", "Save it as UTF-8 and open it again.");
            }
            if (cause instanceof ZipException || cause instanceof java.io.EOFException) {
                return new Problem(
                        file + " cannot be unpacked: " + cause.getMessage() + ".",
                        "The download is probably incomplete. Fetch the file again.");
            }
        }
        Throwable reason = e.getCause() == null ? e : e.getCause();
        String why = reason.getMessage() == null
                ? reason.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                : reason.getMessage();
        return new Problem(
                file + " cannot be read as " + format + ": " + why + ".",
                "Save or fetch the file again, or name its format (--format).",
                e);
    }
}
