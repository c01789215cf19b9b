package sirkuit;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is wrong with JSON, in words for people who write such files by hand. The parser's own messages speak of its
/// classes.
public final class JsonFault {
    private static final Pattern MISSING = Pattern.compile("(?:Missing|Null value for) .*creator property '([^']*)'");
    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");
    private static final int LONGEST = 40;

    private JsonFault() {}

    /// Whether the text is no JSON at all; otherwise it is, but not what was asked for.
    static boolean syntax(JsonProcessingException e) {
        return !(e instanceof JsonMappingException);
    }

    /// As [#words], with the place in the file.
    public static String located(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? words(e)
                : words(e) + " (line " + at.getLineNr() + (syntax(e) ? ", column " + at.getColumnNr() : "") + ")";
    }

    /// A clause without a full stop, such as `"layers" is missing`.
    public static String words(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        Matcher twice = TWICE.matcher(message);
        if (twice.find()) {
            return quoted(twice.group(1)) + " is given twice";
        }
        if (e instanceof JsonEOFException) {
            return "it ends in the middle";
        }
        if (!(e instanceof JsonMappingException mapping)) {
            return "a character does not belong where it stands";
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            return quoted(missing.group(1)) + " is missing";
        }
        if (message.startsWith("Trailing token")) {
            return "something follows its end";
        }
        if (message.startsWith("No content")) {
            return "it is empty";
        }
        String path = path(mapping.getPath());
        if (mapping instanceof InvalidFormatException f) {
            return path + " cannot be " + quoted(String.valueOf(f.getValue())) + allowed(f.getTargetType());
        }
        return path + " is not what is expected there";
    }

    private static String allowed(Class<?> type) {
        return type != null && type.isEnum()
                ? "; it may be "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(one -> Json.line(one).replace("\"", ""))
                                        .toList())
                : "";
    }

    /// As in `"selected[2]"`.
    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference r : references) {
            if (r.getFieldName() == null) {
                path.append('[').append(r.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(r.getFieldName());
            }
        }
        return path.isEmpty() ? "what it holds" : quoted(path.toString());
    }

    private static String quoted(String text) {
        return "\"" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "\"";
    }
}
