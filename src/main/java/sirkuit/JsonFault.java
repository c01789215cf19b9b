package sirkuit;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Describes what is wrong with JSON, in words for people who write such files by hand. The parser's own messages name
/// its classes.
public final class JsonFault {
    private static final Pattern MISSING = Pattern.compile("(?:Missing|Null value for) .*creator property '([^']*)'");
    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");
    private static final int LONGEST = 40;

    /// Writes the names of enum constants as files have them.
    private static final ObjectMapper NAMES = new ObjectMapper();

    private JsonFault() {}

    /// Whether the text is not JSON at all. Otherwise it is JSON with unexpected content.
    static boolean syntax(JsonProcessingException e) {
        return !(e instanceof JsonMappingException);
    }

    /// As [#words], with the place in the file.
    public static Message located(JsonProcessingException e) {
        return located(e, e.getLocation());
    }

    /// As [#located(JsonProcessingException)], in the line of the value itself. Fields of a nested record that
    /// stand in the outer object are read after it, so the parser names the object's last line for them.
    static Message located(JsonProcessingException e, String text) {
        JsonLocation value = e instanceof JsonMappingException mapping ? place(mapping.getPath(), text) : null;
        return located(e, value == null ? e.getLocation() : value);
    }

    private static Message located(JsonProcessingException e, @Nullable JsonLocation at) {
        return at == null || at.getLineNr() < 1
                ? words(e)
                : syntax(e)
                        ? Message.of("ground.json-at-column", words(e), at.getLineNr(), at.getColumnNr())
                        : Message.of("ground.json-at-line", words(e), at.getLineNr());
    }

    /// A clause without a full stop, such as `"layers" is missing`.
    public static Message words(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        Matcher twice = TWICE.matcher(message);
        if (twice.find()) {
            return Message.of("ground.json-twice", shortened(twice.group(1)));
        }
        if (e instanceof JsonEOFException) {
            return Message.of("ground.json-ends");
        }
        if (!(e instanceof JsonMappingException mapping)) {
            return Message.of("ground.json-character");
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            return Message.of("ground.json-missing", shortened(missing.group(1)));
        }
        if (message.startsWith("Trailing token")) {
            return Message.of("ground.json-more");
        }
        if (message.startsWith("No content")) {
            return Message.of("ground.json-empty");
        }
        Object path = path(mapping.getPath());
        if (mapping instanceof InvalidFormatException f) {
            String value = shortened(String.valueOf(f.getValue()));
            String allowed = allowed(f.getTargetType());
            return allowed.isEmpty()
                    ? Message.of("ground.json-value", path, value)
                    : Message.of("ground.json-value-of", path, value, allowed);
        }
        return Message.of("ground.json-unexpected", path);
    }

    /// Where the value at the end of a path begins; null when there is none.
    private static @Nullable JsonLocation place(List<JsonMappingException.Reference> path, String text) {
        try (JsonParser parser = NAMES.createParser(text)) {
            parser.nextToken();
            for (JsonMappingException.Reference step : path) {
                if (!find(step, parser)) {
                    return null;
                }
            }
            return path.isEmpty() ? null : parser.currentTokenLocation();
        } catch (IOException notJson) {
            return null;
        }
    }

    /// Goes from the start of an object or an array to the value of one of its parts.
    private static boolean find(JsonMappingException.Reference step, JsonParser parser) throws IOException {
        if (parser.currentToken() == null || !parser.currentToken().isStructStart()) {
            return false;
        }
        for (int index = 0; ; index++) {
            JsonToken token = parser.nextToken();
            if (token == null || token.isStructEnd()) {
                return false;
            }
            boolean found = step.getFieldName() == null
                    ? index == step.getIndex()
                    : step.getFieldName().equals(parser.currentName());
            if (token == JsonToken.FIELD_NAME) {
                parser.nextToken();
            }
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
    }

    private static String allowed(Class<?> type) {
        return type != null && type.isEnum()
                ? String.join(
                        ", ",
                        Arrays.stream(type.getEnumConstants())
                                .map(one -> NAMES.convertValue(one, String.class))
                                .toList())
                : "";
    }

    /// As in `"selected[2]"`.
    private static Object path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference r : references) {
            if (r.getFieldName() == null) {
                path.append('[').append(r.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(r.getFieldName());
            }
        }
        return path.isEmpty()
                ? Message.of("ground.json-whole")
                : Message.plain("\"" + shortened(path.toString()) + "\"");
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
