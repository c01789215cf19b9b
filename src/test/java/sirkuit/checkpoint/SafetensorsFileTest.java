package sirkuit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.Problem;

class SafetensorsFileTest {
    private static final String GOOD = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]}}";

    private static final String EMPTY = "{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";

    @TempDir
    Path folder = Path.of("");

    @Test
    void whatIsWrittenIsReadBack() {
        Path file = folder.resolve("m.safetensors");
        List<TensorInfo> tensors = List.of(
                new TensorInfo("x", ElementType.F32, List.of(2L, 3L), 0, 24),
                new TensorInfo("leer", ElementType.F16, List.of(0L), 24, 24),
                new TensorInfo("ü", ElementType.I64, List.of(), 24, 32));
        SafetensorsWriter.write(file, tensors, Map.of("format", "pt"), t -> {
            byte[] bytes = new byte[(int) t.bytes()];
            new Random(t.name().hashCode()).nextBytes(bytes);
            return ByteBuffer.wrap(bytes);
        });
        SafetensorsFile read = SafetensorsFile.open(file);
        assertThat(read.metadata()).containsEntry("format", "pt");
        assertThat(List.copyOf(read.tensors().values())).isEqualTo(tensors);
        for (TensorInfo t : tensors) {
            byte[] expected = new byte[(int) t.bytes()];
            new Random(t.name().hashCode()).nextBytes(expected);
            byte[] found = new byte[expected.length];
            read.bytes(t.name()).get(found);
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void aGoodFileOpens() throws IOException {
        assertThat(SafetensorsFile.open(file(GOOD, 20)).tensors()).containsOnlyKeys("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[16,20]|[17,21]|gap",
                "[16,20]|[12,16]|overlaps",
                "[16,20]|[20,16]|not a range",
                "[16,20]|[16.5,20]|whole numbers",
                "[16,20]|[-4,0]|whole numbers",
                "[2,2]|[2,3]|needs 24",
                "[2,2]|[4294967296,4294967296]|impossibly large",
                "F32|F99|unknown element type",
                "\"shape\":[1]|\"form\":[1]|no shape",
                "\"b\"|\"a\"|duplicate key",
                "{\"a\"|[\"a\"|does not start with {",
                "}}|}|not valid JSON",
            })
    void anythingOffInTheHeaderIsNamed(String from, String to, String said) throws IOException {
        Path file = file(GOOD.replace(from, to), 20);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining(said);
    }

    @Test
    void theReasonIsSaidInTheLanguageOfTheReader() throws IOException {
        Path file = file(GOOD.replace("[16,20]", "[17,21]"), 20);
        assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOfSatisfying(Problem.class, p -> assertThat(
                        p.message().text(Locale.of("id")))
                .isEqualTo(file + " tidak dapat dibaca: ada celah sebelum \"b\"."));
    }

    /// As the reference reads it: null is nothing to say.
    @Test
    void metadataMayBeNull() throws IOException {
        Path file = file("{\"__metadata__\":null," + GOOD.substring(1), 20);
        assertThat(SafetensorsFile.open(file).tensors()).containsOnlyKeys("a", "b");
        assertThat(SafetensorsFile.open(file).metadata()).isEmpty();
        Path other = file("{\"__metadata__\":{\"a\":null}," + GOOD.substring(1), 20);
        assertThatThrownBy(() -> SafetensorsFile.open(other)).hasMessageContaining("is not text");
        Path list = file("{\"__metadata__\":[]," + GOOD.substring(1), 20);
        assertThatThrownBy(() -> SafetensorsFile.open(list)).hasMessageContaining("not an object");
    }

    /// Refused before they take the memory of a million objects.
    @Test
    void headersThatNoModelHasAreRefusedAtOnce() throws IOException {
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 150_000; i++) {
            many.append(i == 0 ? "" : ",").append('"').append(i).append("\":").append(EMPTY);
        }
        Path tensors = file(many.append('}').toString(), 0);
        assertThatThrownBy(() -> SafetensorsFile.open(tensors)).hasMessageContaining("more than 100000 tensors");
        Path blank = file("{" + " ".repeat(26_000_000) + "}", 0);
        assertThatThrownBy(() -> SafetensorsFile.open(blank)).hasMessageContaining("26000002 bytes long");
        Path dimensions = file("{\"a\":" + EMPTY.replace("[0]", "[0" + ",1".repeat(100_000) + "]") + "}", 0);
        assertThatThrownBy(() -> SafetensorsFile.open(dimensions)).hasMessageContaining("more than 32");
        Path name = file("{\"" + "n".repeat(2_000) + "\":" + EMPTY + "}", 0);
        assertThatThrownBy(() -> SafetensorsFile.open(name))
                .isInstanceOf(Problem.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void aTruncatedAndAnOverlongFileAreTold() throws IOException {
        assertThatThrownBy(() -> SafetensorsFile.open(file(GOOD, 13)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("7 bytes shorter");
        assertThatThrownBy(() -> SafetensorsFile.open(file(GOOD, 1025)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("1 005 bytes longer");
    }

    @Test
    void anImpossibleHeaderLengthIsTold() throws IOException {
        Path file = folder.resolve("model.safetensors");
        for (long length : new long[] {-1, 0, 1, 1L << 40, Long.MAX_VALUE}) {
            Files.write(
                    file,
                    ByteBuffer.allocate(16)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .array());
            assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOf(Problem.class);
        }
        Files.write(file, new byte[5]);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("only 5 bytes");
    }

    /// A thousand random changes: a problem that names the file, or a file that is still consistent.
    @Test
    void randomDamageIsAProblemOrHarmless() throws IOException {
        byte[] good = Files.readAllBytes(file(GOOD, 20));
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = good.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(5) == 0) {
                bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
            }
            Path file = folder.resolve("model.safetensors");
            Files.write(file, bytes);
            try {
                SafetensorsFile read = SafetensorsFile.open(file);
                long total = read.tensors().values().stream()
                        .mapToLong(TensorInfo::bytes)
                        .sum();
                assertThat(total).isEqualTo(20);
            } catch (Problem e) {
                refused++;
                assertThat(e.what()).contains("model.safetensors");
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(folder.resolve("model.safetensors"), bytes.array());
    }
}
