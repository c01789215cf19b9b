package sirkuit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
