package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The formatter breaks a `///` line that is too long into a `///` and a `//` line, and what follows is lost to the
/// documentation.
class DocCommentsTest {
    @Test
    void noDocCommentIsBrokenInTwo() throws IOException {
        List<String> broken = new ArrayList<>();
        int comments = 0;
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 1; i < lines.size(); i++) {
                boolean inComment = lines.get(i - 1).strip().startsWith("///");
                comments += inComment ? 1 : 0;
                if (inComment && lines.get(i).strip().matches("//(?!/).*")) {
                    broken.add(file + ":" + (i + 1));
                }
            }
        }
        assertThat(comments).isGreaterThan(1000);
        assertThat(broken).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src"))) {
            return all.filter(p -> p.toString().endsWith(".java")).toList();
        }
    }
}
