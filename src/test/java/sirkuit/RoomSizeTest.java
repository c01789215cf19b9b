package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How large a room, that is a package, may grow before it is divided (decision 39).
class RoomSizeTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int MOST_LINES = 2_500;
    private static final int MOST_LINES_IN_THE_WINDOW = 2_000;

    @Test
    void aRoomThatGrowsTooLargeIsDivided() throws IOException {
        assertThat(linesByRoom()).isNotEmpty().allSatisfy((room, lines) -> assertThat(lines)
                .as(room)
                .isLessThanOrEqualTo(room.startsWith("sirkuit.app") ? MOST_LINES_IN_THE_WINDOW : MOST_LINES));
    }

    private static Map<String, Integer> linesByRoom() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(
                            f -> SOURCES.relativize(f.getParent())
                                    .toString()
                                    .replace('/', '.')
                                    .replace('\\', '.'),
                            TreeMap::new,
                            Collectors.summingInt(RoomSizeTest::lines)));
        }
    }

    private static int lines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
