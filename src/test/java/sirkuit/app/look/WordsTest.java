package sirkuit.app.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Both languages say everything.
class WordsTest {
    private static final Path BUNDLES = Path.of("src", "main", "resources", "sirkuit", "app");
    private static final Pattern USED = Pattern.compile("Words\\s*\\.of\\(\\s*\"([\\w.-]+)\"(\\s*\\+)?");
    private static final Pattern PLACE = Pattern.compile("\\{\\d+");

    @AfterEach
    void english() {
        Words.speak("en");
    }

    @Test
    void everyTextThatTheProgramAsksForIsThere() {
        Properties english = bundle("words.properties");
        Set<String> missing = new TreeSet<>();
        used().filter(u -> u.group(2) == null)
                .map(u -> u.group(1))
                .filter(k -> !english.containsKey(k))
                .forEach(missing::add);
        assertEquals(Set.of(), missing);
    }

    @Test
    void noTextIsLeftOver() {
        List<String> program = sources().toList();
        List<MatchResult> built = used().filter(u -> u.group(2) != null).toList();
        Set<String> idle = new TreeSet<>(bundle("words.properties").stringPropertyNames());
        idle.removeIf(key -> built.stream().anyMatch(u -> key.startsWith(u.group(1)))
                || program.stream().anyMatch(text -> text.contains('"' + key + '"')));
        assertEquals(Set.of(), idle);
    }

    @Test
    void indonesianHasTheSameTextsWithTheSamePlaces() {
        Properties english = bundle("words.properties");
        Properties indonesian = bundle("words_id.properties");
        assertEquals(english.stringPropertyNames(), indonesian.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertEquals(places(english.getProperty(key)), places(indonesian.getProperty(key)), key);
        }
    }

    @Test
    void speaksTheLanguageItIsToldTo() {
        Words.speak("id");
        assertEquals("Peta panas", Words.of("tab.heatmap"));
        Words.speak("sv");
        assertEquals("Heatmap", Words.of("tab.heatmap"));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<MatchResult> used() {
        return sources().flatMap(text -> USED.matcher(text).results());
    }

    private static Stream<String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            return files.filter(f -> f.toString().endsWith(".java")).map(WordsTest::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties bundle(String name) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(name))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
