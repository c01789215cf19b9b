package sirkuit.dataset.table;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;

/// The rows of a data file, one after another. Only the current row is in memory.
public interface Table extends AutoCloseable {
    /// Names of the columns; of JSON lines those of the first object.
    List<String> columns();

    /// @return null after the last
    /// @throws Problem naming file and line
    @Nullable
    Row next();

    @Override
    void close();

    /// What to know before trusting the rows, once all are read.
    default List<Message> notes() {
        return List.of();
    }

    /// How its quotation marks were read; the requested quoting if the format has none.
    default Quoting quoting() {
        return Quoting.AUTO;
    }

    /// @param labelColumn index of the label's column by the names of the columns; -1 when there is none
    /// @throws Problem naming the file
    static Table open(TextSource source, ToIntFunction<List<String>> labelColumn) {
        Path file = source.file();
        TextFormat format = source.knownFormat();
        boolean delimited = format == TextFormat.CSV || format == TextFormat.TSV;
        if (!delimited && !source.layout().header()) {
            throw Problem.of("dataset.header-option-not-allowed", file, format.words());
        }
        return switch (format) {
            case CSV, TSV -> new DelimitedTable(file, format, source.layout(), labelColumn);
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

    /// The bytes of a file, unpacked if it is gzipped (recognised by its first bytes).
    static InputStream bytes(Path file) throws IOException {
        InputStream in = new BufferedInputStream(new Disk(Files.newInputStream(file)), 1 << 16);
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return zipped ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /// Distinguishes faults of the disk from faults in the data.
    final class Disk extends FilterInputStream {
        private Disk(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            try {
                return in.read(bytes, from, count);
            } catch (IOException e) {
                throw new DiskFault(e);
            }
        }
    }

    /// The system could not read the file.
    final class DiskFault extends IOException {
        private static final long serialVersionUID = 1L;

        private DiskFault(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// The problem to report when a file cannot be read.
    ///
    /// @param place the file and how far it was read; null when nothing was
    static Problem unreadable(Path file, @Nullable Message place, String format, Throwable e) {
        Object where = place == null ? file : place;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return Utf8Fault.of(file, e);
            }
            if (cause instanceof ZipException || cause instanceof java.io.EOFException) {
                return Problem.of("dataset.not-unpacked", where, cause.getMessage());
            }
            if (cause instanceof AccessDeniedException) {
                return Problem.of(e, "dataset.no-permission", file);
            }
            if (cause instanceof DiskFault || cause instanceof FileSystemException) {
                return Problem.of(e, "dataset.disk-fault", where, words(cause));
            }
        }
        return Problem.of(e, "dataset.not-in-format", where, format, words(e.getCause() == null ? e : e.getCause()));
    }

    private static String words(Throwable reason) {
        return reason.getMessage() == null
                ? reason.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                : reason.getMessage();
    }
}
