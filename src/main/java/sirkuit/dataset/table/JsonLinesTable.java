package sirkuit.dataset.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.JsonFault;
import sirkuit.Message;
import sirkuit.Problem;

/// One JSON object per line, in UTF-8. Empty lines are skipped.
final class JsonLinesTable implements Table {
    /// A longer line is not a row of texts but another kind of file.
    private static final int LONGEST_LINE = 16 << 20;

    private final Path file;
    private final BufferedReader reader;
    private final List<String> columns;
    private long line;
    private @Nullable Row first;

    JsonLinesTable(Path file) {
        this.file = file;
        try {
            reader = new BufferedReader(
                    new InputStreamReader(Table.bytes(file), StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        } catch (IOException e) {
            throw Table.unreadable(file, null, "JSON lines", e);
        }
        try {
            ObjectRow row = read();
            if (row == null) {
                throw Problem.of("dataset.empty-json-lines", file);
            }
            columns = new ArrayList<>();
            row.object.fieldNames().forEachRemaining(columns::add);
            first = row;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private record ObjectRow(Path file, long line, JsonNode object) implements Row {
        @Override
        public @Nullable String get(String column) {
            JsonNode value = object.path(column);
            if (value.isMissingNode() || value.isNull()) {
                return null;
            }
            if (!value.isValueNode()) {
                throw Problem.of("dataset.not-single-value", file, line, column);
            }
            // pandas writes whole numbers of a column with gaps as 2.0
            boolean whole = value.isFloatingPointNumber() && value.canConvertToExactIntegral();
            return whole ? value.bigIntegerValue().toString() : value.asText();
        }
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public @Nullable Row next() {
        Row row = first == null ? read() : first;
        first = null;
        return row;
    }

    private @Nullable ObjectRow read() {
        try {
            String text = nextLine();
            while (text != null && text.isBlank()) {
                text = nextLine();
            }
            if (text == null) {
                return null;
            }
            JsonNode object = Json.MAPPER.readTree(text);
            if (!object.isObject()) {
                throw Problem.of("dataset.line-not-json-object", file, line);
            }
            return new ObjectRow(file, line, object);
        } catch (JsonProcessingException e) {
            throw Problem.of("dataset.line-not-json", file, line, JsonFault.words(e));
        } catch (IOException e) {
            throw Table.unreadable(file, place(), "JSON lines", e);
        }
    }

    private @Nullable Message place() {
        return line == 0 ? null : Message.of("ground.at-line", file, line);
    }

    /// The next line, with a limit, so that an endless line does not fill the memory.
    private @Nullable String nextLine() throws IOException {
        line++;
        StringBuilder text = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        if (line == 1 && c == '\uFEFF') {
            c = reader.read();
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (text.length() == LONGEST_LINE) {
                throw Problem.of("dataset.line-too-long", file, line, LONGEST_LINE);
            }
            text.append((char) c);
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw Table.unreadable(file, place(), "JSON lines", e);
        }
    }
}
