package sirkuit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sirkuit.mask.HeadEdges;
import sirkuit.mask.HeadMask;
import sirkuit.record.Prompt;

/// Every request and event there is, filled with values of its own, goes over the wire and comes back as it was. The
/// kinds are the permitted subclasses, so that a new one cannot be forgotten.
class EveryMessageTest {
    private int made;

    static Stream<Class<?>> events() {
        return Arrays.stream(Event.class.getPermittedSubclasses());
    }

    static Stream<Class<?>> requests() {
        return Arrays.stream(Request.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventComesBackAsItWas(Class<?> kind) throws ReflectiveOperationException {
        Event event = (Event) sample(kind);
        String line = Wire.line(7, event, Instant.EPOCH);
        assertThat(line).doesNotContain("\n");
        Wire.Message<Event> back = Wire.event(line);
        assertThat(back.id()).isEqualTo(7);
        assertThat(back.body()).isInstanceOf(kind).usingRecursiveComparison().isEqualTo(event);
        assertThat(Wire.line(7, back.body(), Instant.EPOCH)).isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestComesBackAsItWas(Class<?> kind) throws ReflectiveOperationException {
        Request request = (Request) sample(kind);
        String line = Wire.line(8, request);
        Wire.Message<Request> back = Wire.request(line);
        assertThat(back.id()).isEqualTo(8);
        assertThat(back.body()).isInstanceOf(kind).usingRecursiveComparison().isEqualTo(request);
        assertThat(Wire.line(8, back.body())).isEqualTo(line);
    }

    private Object sample(Type type) throws ReflectiveOperationException {
        return switch (type) {
            case ParameterizedType of -> collection(of);
            case GenericArrayType of ->
                array((Class<?>) ((ParameterizedType) of.getGenericComponentType()).getRawType());
            case Class<?> plain -> sample(plain);
            default -> throw new AssertionError("no sample of a " + type);
        };
    }

    private Object sample(Class<?> type) throws ReflectiveOperationException {
        made++;
        if (type == HeadMask.class) {
            return HeadMask.all(2, 3);
        }
        if (type == HeadEdges.class) {
            return new HeadEdges(2, 1, new double[][] {{0.5 + made / 10000.0}, {}});
        }
        if (type == Prompt.class) {
            return new Prompt("{text}, {pair}? é", Map.of("a", "\"" + made));
        }
        if (type == int.class || type == Integer.class) {
            return made;
        }
        if (type == long.class || type == Long.class) {
            return 1_000_000_000_000L + made;
        }
        if (type == double.class || type == Double.class) {
            return 0.5 + made / 10000.0;
        }
        if (type == float.class) {
            return made / 7f;
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == String.class || type == Object.class) {
            return "é \"" + made + "\"\n\u2028";
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isArray()) {
            return array(type.getComponentType());
        }
        if (type.isRecord()) {
            return filled(type);
        }
        if (type.isSealed()) {
            return sample(type.getPermittedSubclasses()[0]);
        }
        throw new AssertionError("no sample of a " + type);
    }

    private Object collection(ParameterizedType of) throws ReflectiveOperationException {
        if (of.getRawType() == List.class) {
            return List.of(sample(of.getActualTypeArguments()[0]), sample(of.getActualTypeArguments()[0]));
        }
        if (of.getRawType() == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < 2; i++) {
                map.put(sample(of.getActualTypeArguments()[0]), sample(of.getActualTypeArguments()[1]));
            }
            return map;
        }
        throw new AssertionError("no sample of a " + of);
    }

    private Object array(Class<?> of) throws ReflectiveOperationException {
        Object all = Array.newInstance(of, 2);
        for (int i = 0; i < 2; i++) {
            Array.set(all, i, sample(of));
        }
        return all;
    }

    private Object filled(Class<?> record) throws ReflectiveOperationException {
        RecordComponent[] components = record.getRecordComponents();
        Constructor<?> constructor = record.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (components[i].getName()) {
                case "quoting" -> "none";
                case "validShare" -> null; // a run has a valid file or a share, not both
                default -> sample(components[i].getGenericType());
            };
        }
        return constructor.newInstance(values);
    }
}
