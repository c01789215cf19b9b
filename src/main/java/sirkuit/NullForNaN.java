package sirkuit;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An array of numbers (`double[]`, `double[][]` and so on) in which NaN means not measured. In JSON that is null.
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonSerialize(using = NullForNaN.Writer.class)
@JsonDeserialize(using = NullForNaN.Reader.class)
public @interface NullForNaN {
    /// Writes null for every number that is not finite.
    final class Writer extends JsonSerializer<Object> {
        @Override
        public void serialize(Object array, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            if (array instanceof double[] row) {
                for (double value : row) {
                    if (Double.isFinite(value)) {
                        out.writeNumber(value);
                    } else {
                        out.writeNull();
                    }
                }
            } else {
                for (Object part : (Object[]) array) {
                    if (part == null) {
                        out.writeNull();
                    } else {
                        serialize(part, out, provider);
                    }
                }
            }
            out.writeEndArray();
        }
    }

    /// Reads null as NaN. An array that is null stays null, so that the constructor can check the shape.
    final class Reader extends JsonDeserializer<Object> implements ContextualDeserializer {
        private static final int FIRST = 64;
        private final Class<?> type;

        /// For Jackson, which then asks for one of the right type.
        public Reader() {
            this(double[].class);
        }

        private Reader(Class<?> type) {
            this.type = type;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            JavaType wanted = property == null ? context.getContextualType() : property.getType();
            return new Reader(wanted.getRawClass());
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return array(in, context, type);
        }

        private static Object array(JsonParser in, DeserializationContext context, Class<?> type) throws IOException {
            if (!in.isExpectedStartArrayToken()) {
                return context.handleUnexpectedToken(type, in);
            }
            return type == double[].class ? row(in, context) : rows(in, context, type.getComponentType());
        }

        private static Object rows(JsonParser in, DeserializationContext context, Class<?> part) throws IOException {
            List<@Nullable Object> parts = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                try {
                    parts.add(in.hasToken(JsonToken.VALUE_NULL) ? null : array(in, context, part));
                } catch (IOException e) {
                    throw JsonMappingException.wrapWithPath(e, parts, parts.size());
                }
            }
            Object[] all = (Object[]) Array.newInstance(part, parts.size());
            return parts.toArray(all);
        }

        /// One row, at whose start the parser is.
        public static double[] row(JsonParser in, DeserializationContext context) throws IOException {
            double[] values = new double[FIRST];
            int count = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (count == values.length) {
                    values = Arrays.copyOf(values, 2 * count);
                }
                try {
                    values[count] = number(in, context);
                } catch (IOException e) {
                    throw JsonMappingException.wrapWithPath(e, values, count);
                }
                count++;
            }
            return Arrays.copyOf(values, count);
        }

        private static double number(JsonParser in, DeserializationContext context) throws IOException {
            if (in.hasToken(JsonToken.VALUE_NUMBER_FLOAT) || in.hasToken(JsonToken.VALUE_NUMBER_INT)) {
                return in.getDoubleValue();
            }
            Double value = in.hasToken(JsonToken.VALUE_NULL) ? null : context.readValue(in, Double.class);
            return value == null ? Double.NaN : value;
        }
    }
}
