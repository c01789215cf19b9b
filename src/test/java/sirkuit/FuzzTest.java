package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Damaged files: each reader gets random mutations of a good file and answers with a [Problem] or a result that holds
/// what it promises. Never another exception, never a hang, never the memory gone. Four hundred of each in a build,
/// 100 000 with `mvn verify -Pfuzz`.
@UsesEngine
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("sirkuit.fuzz", 400);
    private static final long SEED = Long.getLong("sirkuit.fuzz.seed", 1);
    private static final String ONLY = System.getProperty("sirkuit.fuzz.only", "");
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @FieldSource("sirkuit.GoodFiles#KINDS")
    void damagedFilesAreRefusedOrReadRight(String kind) throws Exception {
        Assumptions.assumeTrue(ONLY.isEmpty() || kind.equals(ONLY));
        GoodFiles files = new GoodFiles(folder);
        Path file = files.good(kind);
        Consumer<Path> reader = files.reader(kind);
        byte[] whole = Files.readAllBytes(file);
        reader.accept(file); // the good one is read
        Random random = new Random(SEED);
        int refused = 0;
        try (ExecutorService one = Executors.newSingleThreadExecutor(r -> {
            Thread thread = new Thread(r, "fuzz");
            thread.setDaemon(true);
            return thread;
        })) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] damaged = mutated(whole, random);
                // A new file each time: what is mapped of the last one must not change under its reader.
                Files.delete(file);
                Files.write(file, damaged);
                try {
                    one.submit(() -> reader.accept(file)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof Problem problem)) {
                        throw new AssertionError(report(kind, round, damaged), e.getCause());
                    }
                    assertThat(problem.what()).isNotBlank();
                    refused++;
                } catch (TimeoutException e) {
                    one.shutdownNow();
                    throw new AssertionError("hangs: " + report(kind, round, damaged), e);
                }
            }
        }
        assertThat(refused).as("mutations that were refused").isPositive();
    }

    private static String report(String kind, int round, byte[] damaged) throws IOException {
        Path kept = Path.of("target", "fuzz-" + kind.replace(' ', '-') + "-" + SEED + "-" + round);
        Files.write(kept, damaged);
        return kind + ", seed " + SEED + ", round " + round + ", kept as " + kept;
    }

    /// One to four small damages: bytes, numbers, pieces lost, doubled, moved, or the end cut off.
    private static byte[] mutated(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            int at = random.nextInt(Math.max(1, bytes.length));
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 64));
            switch (random.nextInt(8)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 3 ->
                    bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
                case 4 ->
                    bytes = joined(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
                case 5 ->
                    bytes = joined(
                            Arrays.copyOf(bytes, at), token(random), Arrays.copyOfRange(bytes, at, bytes.length));
                case 6 -> number(bytes, at, random);
                default -> {
                    int from = random.nextInt(bytes.length);
                    System.arraycopy(bytes, from, bytes, at, Math.min(length, bytes.length - from));
                }
            }
            if (bytes.length == 0) {
                bytes = new byte[] {0};
            }
        }
        return bytes;
    }

    /// Changes the next digit.
    private static void number(byte[] bytes, int from, Random random) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[i] = (byte) ('0' + random.nextInt(10));
                return;
            }
        }
    }

    private static byte[] token(Random random) {
        String[] tokens = {
            "\"",
            "\"\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\n",
            "\t",
            "null",
            "-1",
            "1e999",
            "99999999999999999999",
            "NaN",
            "\\u0000",
            "\u0000",
            "true",
            "[[[[",
            "{}",
            "\uFEFF",
            "..",
            "/"
        };
        return tokens[random.nextInt(tokens.length)].getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
