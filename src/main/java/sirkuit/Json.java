package sirkuit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads and writes every JSON file and line of the project. Unknown fields are ignored, because a newer version may
/// have added them; duplicate keys are an error. A measured number that is not finite is written as the text "NaN" or
/// "Infinity" and read back as that number.
public final class Json {
    /// Immutable and safe to share between threads.
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    /// Larger than the scores of every text of a large data set; a text in memory takes twice the room.
    private static final long LARGEST = 256L << 20;

    private Json() {}

    /// One line, for events and `--json`.
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Indented text that people may edit and that diffs well: one field a line, arrays on one.
    public static String pretty(Object value) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try {
            return MAPPER.writer(printer).writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Reads a file as `type`.
    ///
    /// @throws Problem naming the file when it is missing, not JSON, or not of that shape
    public static <T> T read(Path file, Class<T> type) {
        String text = text(file);
        try {
            T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw Problem.of("ground.file-empty", file);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw unexpected(file, text, e);
        }
    }

    /// Reads a file that carries a `schemaVersion`. The version is checked first, because the fields of a newer
    /// version may have another meaning.
    ///
    /// @param newest   the version this program writes
    /// @param expected what kind of file it should be
    /// @throws Problem as [#read(Path, Class)], and when the file is of another kind, of a newer version or has
    ///         none
    public static <T> T read(Path file, Class<T> type, int newest, JsonKind expected) {
        return read(file, type, newest, expected, MAPPER.readerFor(type));
    }

    /// The same with the caller's own reader, which may leave out what is not wanted.
    public static <T> T read(Path file, Class<T> type, int newest, JsonKind expected, ObjectReader reader) {
        String text = text(file, expected);
        try {
            ObjectNode outline = outline(text, expected);
            expected.require(file, outline);
            JsonNode version = outline.path("schemaVersion");
            if (version.isMissingNode()) {
                throw expected.notOurs(file);
            }
            if (!version.isInt() || version.intValue() < 1) {
                throw Problem.of("ground.bad-schema-version", file);
            }
            if (version.intValue() > newest) {
                throw Problem.of("ground.newer-version", file, version.intValue());
            }
            return type.cast(reader.readValue(text));
        } catch (JsonProcessingException e) {
            throw unexpected(file, text, e);
        } catch (IOException e) {
            throw new IllegalStateException(e); // a text in memory is no file
        }
    }

    /// The fields of an object, whole numbers with their values, read no further than it takes to know its kind and
    /// version: score files are megabytes long.
    private static ObjectNode outline(String text, JsonKind expected) throws IOException {
        ObjectNode fields = MAPPER.createObjectNode();
        try (JsonParser parser = MAPPER.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while ((!fields.has("schemaVersion") || !expected.fits(fields))
                        && parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT
                            && parser.getNumberType() == JsonParser.NumberType.INT) {
                        fields.put(field, parser.getIntValue());
                    } else {
                        fields.putNull(field);
                    }
                    parser.skipChildren();
                }
            }
        }
        return fields;
    }

    /// For constructors of records that are read from files that people edit.
    ///
    /// @throws Problem when the field is absent or null
    public static <T> T given(@Nullable T value, String field) {
        if (value == null) {
            throw Problem.of("ground.field-missing", field);
        }
        return value;
    }

    private static Problem unexpected(Path file, String text, JsonProcessingException e) {
        // A constructor that refuses a value says why and what to do.
        if (e.getCause() instanceof Problem problem) {
            return problem.within("ground.in-file", file);
        }
        return Problem.of(
                e,
                JsonFault.syntax(e) ? "ground.invalid-json" : "ground.unexpected-json",
                file,
                JsonFault.located(e, text));
    }

    /// Reads a file as a tree; see [#read(Path, Class)] for the errors.
    public static JsonNode tree(Path file) {
        return read(file, JsonNode.class);
    }

    private static String text(Path file, JsonKind expected) {
        try {
            return text(file);
        } catch (Problem e) {
            throw e.message().code().equals("ground.file-not-found") ? expected.missing(file, e) : e;
        }
    }

    private static String text(Path file) {
        RegularFile.require(file, LARGEST);
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw Problem.of("ground.file-not-found", file);
        } catch (MalformedInputException e) {
            throw Problem.of(e, "ground.not-utf8", file);
        } catch (IOException e) {
            throw Problem.of(e, "ground.unreadable-file", file, e.getMessage());
        }
    }
}
