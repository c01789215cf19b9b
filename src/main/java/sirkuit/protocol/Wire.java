package sirkuit.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.JsonFault;
import sirkuit.Problem;

/// Requests and events as lines of JSON: the fields of the request or event, its `type`, `v` (the protocol's version),
/// and the number of the request it belongs to as `request`; events carry their time as `at`.
public final class Wire {
    public static final int VERSION = 1;

    private Wire() {}

    /// @param id   number of the request
    /// @param body a request or an event
    public record Message<T>(long id, T body) {}

    public static String line(long id, Request request) {
        return Json.line(envelope(id, request));
    }

    public static String line(long id, Event event, Instant at) {
        ObjectNode node = envelope(id, event);
        node.put("at", at.toString());
        return Json.line(node);
    }

    /// @throws Problem when the line is not a request of this version
    public static Message<Request> request(String line) {
        Message<Request> message = parse(line, Request.class);
        requireWhole((Record) message.body(), message.id());
        return message;
    }

    /// Checks the required fields. A script may leave out fields that its request does not need.
    private static void requireWhole(Record part, long id) {
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            Object value;
            try {
                value = component.getAccessor().invoke(part);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e); // accessors of these records are public
            }
            if (value == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw Problem.of("protocol.missing-field", id, component.getName());
            }
            if (value instanceof Request.Model model) {
                requireWhole(model, id);
            }
        }
    }

    /// @throws Problem when the line is not an event of this version
    public static Message<Event> event(String line) {
        return parse(line, Event.class);
    }

    /// The number of the request that a line is about; -1 when it is not known. With it, even an unreadable line
    /// gets an answer.
    public static long number(String line) {
        try {
            JsonNode node = Json.MAPPER.readTree(line);
            return node == null ? -1 : node.path("request").asLong(-1);
        } catch (JsonProcessingException e) {
            return -1;
        }
    }

    /// Whether a line is a message of another version.
    public static boolean isForeign(String line) {
        try {
            JsonNode node = Json.MAPPER.readTree(line);
            return node != null
                    && node.path("type").isTextual()
                    && node.path("v").asInt(VERSION) != VERSION;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static ObjectNode envelope(long id, Object body) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("v", VERSION);
        node.put("request", id);
        node.setAll((ObjectNode) Json.MAPPER.valueToTree(body));
        return node;
    }

    private static <T> Message<T> parse(String line, Class<T> type) {
        try {
            Envelope envelope = Envelope.of(line);
            if (!envelope.message) {
                throw Problem.of("protocol.not-a-message", shortened(line));
            }
            if (!envelope.version.equals(String.valueOf(VERSION))) {
                throw Problem.of("protocol.other-version", envelope.version, VERSION);
            }
            return new Message<>(envelope.request, Json.MAPPER.readValue(line, type));
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw Problem.of(e, "protocol.unreadable-message", JsonFault.words(e), shortened(line));
        }
    }

    /// The envelope of a request or an event, read token by token: opening a project reads many thousands of lines.
    ///
    /// @param message whether it has a type
    /// @param version as it is written; empty for none
    private record Envelope(boolean message, String version, long request) {
        /// How [Wire] itself begins a line.
        private static final String OWN = "{\"v\":" + VERSION + ",\"request\":";

        static Envelope of(String line) throws JsonProcessingException {
            Envelope own = own(line);
            return own == null ? parsed(line) : own;
        }

        /// Without parsing; null when the line begins otherwise.
        private static @Nullable Envelope own(String line) {
            int end = OWN.length();
            if (!line.startsWith(OWN)) {
                return null;
            }
            while (end < line.length() && Character.isDigit(line.charAt(end))) {
                end++;
            }
            return end == OWN.length() || end > OWN.length() + 18 || !line.startsWith(",\"type\":\"", end)
                    ? null
                    : new Envelope(true, String.valueOf(VERSION), Long.parseLong(line.substring(OWN.length(), end)));
        }

        private static Envelope parsed(String line) throws JsonProcessingException {
            boolean typed = false;
            String version = "";
            long request = -1;
            try (JsonParser parser = Json.MAPPER.createParser(line)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return new Envelope(false, "", -1);
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    JsonToken value = parser.nextToken();
                    switch (field) {
                        case "type" -> typed = value == JsonToken.VALUE_STRING;
                        case "v" -> version = value.isScalarValue() ? parser.getText() : "";
                        case "request" -> request = value.isNumeric() ? parser.getValueAsLong(-1) : -1;
                        default -> {}
                    }
                    parser.skipChildren();
                }
            } catch (JsonProcessingException e) {
                throw e;
            } catch (IOException e) {
                throw new IllegalStateException(e); // a text in memory is no file
            }
            return new Envelope(typed, version, request);
        }
    }

    private static String shortened(String line) {
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
