package sirkuit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ElementsTest {
    /// Every type gives back what was written into it, as near as it can hold it.
    @ParameterizedTest
    @CsvSource({"F64, 0", "F32, 0", "F16, 0.0005", "BF16, 0.004"})
    void numbersSurviveTheRoundTrip(ElementType type, double relative) {
        int count = 70_000; // more than one piece
        Random random = new Random(5);
        ByteBuffer bytes = ByteBuffer.allocateDirect(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        float[] written = new float[count];
        for (int i = 0; i < count; i++) {
            written[i] = (float) random.nextGaussian();
            Elements.put(bytes, i, written[i], type);
        }
        FloatBuffer read = FloatBuffer.allocate(count);
        Elements.widen(bytes, type, read);
        for (int i = 0; i < count; i++) {
            assertThat(Math.abs(read.get(i) - written[i]))
                    .isLessThanOrEqualTo((float) (relative * Math.abs(written[i])) + 1e-7f * (relative > 0 ? 1 : 0));
            assertThat(read.get(i)).isEqualTo(Elements.get(bytes, i, type));
        }
    }

    /// Also ties, numbers too small or too large for the type, and what is no number.
    @ParameterizedTest
    @EnumSource(names = {"F64", "F32", "F16", "BF16"})
    void roundingGivesWhatTheFileWouldHold(ElementType type) {
        int count = 200_000; // more than one piece
        Random random = new Random(7);
        FloatBuffer floats = FloatBuffer.allocate(count);
        ByteBuffer bytes = ByteBuffer.allocateDirect(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            float any = i % 2 == 0
                    ? Float.intBitsToFloat(random.nextInt())
                    : Float.intBitsToFloat(random.nextInt() & 0xFFFF_8000);
            float value = i % 3 == 0 ? (float) random.nextGaussian() : any;
            floats.put(i, value);
            Elements.put(bytes, i, value, type);
        }
        Elements.round(floats, type);
        for (int i = 0; i < count; i++) {
            float held = Elements.get(bytes, i, type);
            assertThat(Float.compare(floats.get(i), held)).as("%s", held).isZero();
        }
    }
}
