package sirkuit.dataset.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Problem;

/// Parquet, as Hugging Face's datasets and pandas write it. One row group is in memory at a time. Class numbers are
/// replaced by the names that datasets stores with them.
final class ParquetTable implements Table {
    private final Path file;
    private final ParquetFileReader reader;
    private final MessageType schema;
    private final List<String> columns;
    private final Map<String, List<String>> classNames;
    private @Nullable RecordReader<Group> group;
    private long left;
    private long row;

    ParquetTable(Path file) {
        this.file = file;
        try (InputStream readable = Table.bytes(file)) {
            readable.read(); // the library distinguishes an unreadable file from a damaged one only by the text
            // of its message
        } catch (IOException e) {
            throw Table.unreadable(file, null, "Parquet", e);
        }
        reader = guarded(() -> ParquetFileReader.open(
                new LocalInputFile(file),
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new ParquetCodecs())
                        .build()));
        try {
            // Nested columns are never read.
            schema = guarded(() -> {
                MessageType whole = reader.getFileMetaData().getSchema();
                List<Type> single = whole.getFields().stream()
                        .filter(f -> f.isPrimitive() && !f.isRepetition(Type.Repetition.REPEATED))
                        .toList();
                if (single.isEmpty()) {
                    throw new IOException("it has no column with single values");
                }
                MessageType flat = new MessageType(whole.getName(), single);
                reader.setRequestedSchema(flat);
                return flat;
            });
            columns = schema.getFields().stream().map(Type::getName).toList();
            classNames = guarded(() -> classNames(reader.getFileMetaData().getKeyValueMetaData()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Turns any exception into a problem, because damaged files make the library throw many kinds.
    private <T> T guarded(Callable<T> what) {
        try {
            return what.call();
        } catch (Problem e) {
            throw e;
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw Table.unreadable(
                    file, place(), "Parquet", new IOException("it asks for more memory than there is", e));
        } catch (Exception | LinkageError | AssertionError e) {
            throw Table.unreadable(file, place(), "Parquet", e);
        }
    }

    private @Nullable Message place() {
        return row == 0 ? null : Message.of("dataset.after-row", file, row);
    }

    private static Map<String, List<String>> classNames(Map<String, String> metadata) {
        Map<String, List<String>> names = new HashMap<>();
        String stored = metadata.get("huggingface");
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
            while (left == 0) {
                PageReadStore pages = reader.readNextRowGroup();
                if (pages == null) {
                    return null;
                }
                left = pages.getRowCount();
                group = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
            }
            if (group == null || left < 0) {
                throw new IOException("a row group has " + left + " rows");
            }
            left--;
            Group values = group.read();
            if (values == null) {
                throw new IOException("a row group has fewer rows than it says");
            }
            return new Current(values, ++row);
        });
    }

    private final class Current implements Row {
        private final Group values;
        private final long line;

        private Current(Group values, long line) {
            this.values = values;
            this.line = line;
        }

        @Override
        public long line() {
            return line;
        }

        @Override
        public @Nullable String get(String column) {
            int index = columns.indexOf(column);
            return index < 0 ? null : guarded(() -> text(column, index));
        }

        private @Nullable String text(String column, int index) {
            if (values.getFieldRepetitionCount(index) == 0) {
                return null;
            }
            PrimitiveTypeName type = schema.getType(index).asPrimitiveType().getPrimitiveTypeName();
            return switch (type) {
                case INT32 -> named(column, values.getInteger(index, 0));
                case INT64 -> named(column, values.getLong(index, 0));
                case BINARY -> binary(index);
                // pandas writes gaps of a column of numbers as NaN.
                case FLOAT, DOUBLE -> unlessNaN(values.getValueToString(index, 0));
                default -> values.getValueToString(index, 0);
            };
        }

        private static @Nullable String unlessNaN(String number) {
            return number.equals("NaN") ? null : number;
        }

        private String binary(int index) {
            LogicalTypeAnnotation meaning = schema.getType(index).getLogicalTypeAnnotation();
            // Old writers do not mark texts as such.
            return meaning == null || meaning instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
                    ? values.getBinary(index, 0).toStringUsingUTF8()
                    : values.getValueToString(index, 0);
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
            throw Table.unreadable(file, place(), "Parquet", e);
        }
    }
}
