package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `SECURITY.md` promises what is tested: each test that it names is there.
class SecurityPromisesTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");

    @Test
    void everyPromiseNamesTestsThatExist() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("SECURITY.md")).stream()
                .filter(l -> l.startsWith("| ") && !l.startsWith("| what") && !l.startsWith("|--"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(10);
        for (String row : rows) {
            List<MatchResult> tests = NAMED.matcher(row).results().toList();
            assertThat(tests).as(row).isNotEmpty();
            for (MatchResult test : tests) {
                String source = source(test.group(1));
                assertThat(source).as(test.group()).isNotEmpty();
                if (test.group(2) != null) {
                    assertThat(source).as(test.group()).contains(" " + test.group(2) + "(");
                }
            }
        }
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<Path> found = files.filter(f -> f.endsWith(test + ".java")).toList();
            return found.isEmpty() ? "" : Files.readString(found.getFirst());
        }
    }
}
