package sirkuit.checkpoint.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.TensorInfo;

class ChangedEntriesTest {
    private static final TensorInfo TWO = new TensorInfo("w", ElementType.F32, List.of(2L), 0, 8);

    /// A kind, one range of rows and one of columns, and one entry.
    private static byte[] packed(int kind, int firstRow, int endRow, int... more) throws IOException {
        ByteBuffer plain = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        plain.put((byte) kind)
                .putInt(1)
                .putInt(firstRow)
                .putInt(endRow)
                .putInt(1)
                .putInt(0)
                .putInt(1);
        for (int word : more) {
            plain.putInt(word);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(plain.array(), 0, plain.position());
        }
        return bytes.toByteArray();
    }

    private static ByteBuffer apply(byte[] packed) throws IOException {
        return ChangedEntries.apply(
                TWO, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN), ByteBuffer.wrap(packed));
    }

    @Test
    void oneEntryIsChanged() throws IOException {
        ByteBuffer result = apply(packed(0, 1, 2, 0x0000803f)); // the bytes of 1.0, the most significant first
        assertThat(result.getFloat(0)).isZero();
        assertThat(result.getFloat(4)).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({
        "9, 1, 2, 0, checkpoint.delta-unknown-kind",
        "0, 1, 3, 0, checkpoint.delta-entries-unknown",
        "0, 1, 1, 0, checkpoint.delta-entries-unknown",
    })
    void whatDoesNotFitTheTensorIsNamed(int kind, int firstRow, int endRow, int entry, String reason) {
        assertThatThrownBy(() -> apply(packed(kind, firstRow, endRow, entry)))
                .isInstanceOfSatisfying(
                        ChangedEntries.Damaged.class,
                        e -> assertThat(e.reason().code()).isEqualTo(reason));
    }

    @Test
    void entriesTooManyTooFewAndInImpossibleStepsAreRefused() {
        assertThatThrownBy(() -> apply(packed(0, 1, 2, 0, 0)))
                .isInstanceOfSatisfying(
                        ChangedEntries.Damaged.class,
                        e -> assertThat(e.reason().code()).isEqualTo("checkpoint.delta-more-bytes"));
        assertThatThrownBy(() -> apply(packed(0, 1, 2))).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> apply(packed(1, 1, 2, 0, 0, 0)))
                .isInstanceOfSatisfying(
                        ChangedEntries.Damaged.class,
                        e -> assertThat(e.reason().code()).isEqualTo("checkpoint.delta-bad-steps"));
    }
}
