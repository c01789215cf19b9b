package sirkuit.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever adds a method is told by these tests what else it needs.
class ScoreMethodTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources", "sirkuit");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|.*\\| ([^|]+) \\|$");

    private static Properties bundle(Path file) throws IOException {
        Properties all = new Properties();
        try (Reader in = Files.newBufferedReader(RESOURCES.resolve(file))) {
            all.load(in);
        }
        return all;
    }

    private static List<MatchResult> rows() throws IOException {
        String page = Files.readString(Path.of("docs", "scores.md"));
        String table = page.substring(page.indexOf("| method |"), page.indexOf("\n\n", page.indexOf("| method |")));
        return ROW.matcher(table).results().toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodHasWordsForTheReportAndTheWindowInBothLanguages(ScoreMethod method) throws IOException {
        for (String language : List.of("", "_id")) {
            assertThat(bundle(Path.of("messages" + language + ".properties")))
                    .containsKeys(method.title().code(), method.meaning().code());
            assertThat(bundle(Path.of("app", "words" + language + ".properties")))
                    .containsKeys(
                            "method." + method.name(),
                            "method.short." + method.name(),
                            "method.more." + method.name(),
                            "method.unit." + method.unit().key());
        }
    }

    @Test
    void theTableOfScoresHasARowForEveryMethodAndForNoOther() throws IOException {
        Set<String> described = rows().stream().map(r -> r.group(1)).collect(Collectors.toCollection(TreeSet::new));
        Set<String> methods =
                Stream.of(ScoreMethod.values()).map(ScoreMethod::id).collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).isEqualTo(methods);
    }

    @Test
    void theTableOfScoresSaysWhichOnesHaveASign() throws IOException {
        assertThat(rows()).allSatisfy(row -> assertThat(row.group(2).endsWith(", signed"))
                .as(row.group(1))
                .isEqualTo(ScoreMethod.of(row.group(1)).signed()));
    }
}
