package sirkuit.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Problem;

/// Parquet, as Hugging Face's datasets and pandas write it. Class numbers become the names that datasets stores beside
/// them.
final class ParquetTable implements Table {
    private final Path file;
    private final ParquetFileReader reader;
    private final RowReader rows;
    private final List<String> columns;
    private final Map<String, List<String>> classNames;
    private final AtomicLong row = new AtomicLong();

    ParquetTable(Path file) {
        this.file = file;
        reader = guarded(() -> {
            try {
                return ParquetFileReader.open(InputFile.of(file));
            } catch (IOException e) {
                throw Table.unreadable(file, "Parquet", e);
            }
        });
        try {
            columns = guarded(() -> reader.getFileSchema().getColumns().stream()
                    .filter(c -> c.maxRepetitionLevel() == 0)
                    .map(ColumnSchema::name)
                    .toList());
            classNames = guarded(() -> classNames(reader.getFileMetaData().keyValueMetadata()));
            rows = guarded(reader::rowReader);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// The library meets damaged files with whatever they provoke.
    private <T> T guarded(Supplier<T> what) {
        try {
            return what.get();
        } catch (Problem e) {
            throw e;
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw Table.unreadable(file, "Parquet", new IOException("it asks for more memory than there is", e));
        } catch (RuntimeException | LinkageError e) {
            throw Table.unreadable(file, "Parquet", e);
        }
    }

    private static Map<String, List<String>> classNames(@Nullable Map<String, String> metadata) {
        Map<String, List<String>> names = new HashMap<>();
        String stored = metadata == null ? null : metadata.get("huggingface");
        if (stored != null) {
            try {
                JsonNode features = Json.MAPPER.readTree(stored).path("info").path("features");
                features.properties().forEach(feature -> {
                    JsonNode list = feature.getValue().path("names");
                    if (list.isArray()) {
                        names.put(
                                feature.getKey(),
                                list.valueStream().map(JsonNode::asText).toList());
                    }
                });
            } catch (JsonProcessingException e) {
                return Map.of(); // only the names are lost; the numbers are there
            }
        }
        return names;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public @Nullable Row next() {
        return guarded(() -> {
            if (!rows.hasNext()) {
                return null;
            }
            rows.next();
            return new Current(row.incrementAndGet());
        });
    }

    /// The row that the reader stands at.
    private final class Current implements Row {
        private final long line;

        private Current(long line) {
            this.line = line;
        }

        @Override
        public long line() {
            return line;
        }

        @Override
        public @Nullable String get(String column) {
            if (!columns.contains(column)) {
                return null;
            }
            Object value = guarded(() -> rows.isNull(column) ? null : rows.getValue(column));
            return switch (value) {
                case null -> null;
                case Number number
                when !(number instanceof Float || number instanceof Double) -> named(column, number.longValue());
                case byte[] bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
                default -> value.toString();
            };
        }

        private String named(String column, long number) {
            List<String> names = classNames.getOrDefault(column, List.of());
            return number >= 0 && number < names.size() ? names.get((int) number) : Long.toString(number);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException | RuntimeException e) {
            throw Table.unreadable(file, "Parquet", e);
        }
    }
}
