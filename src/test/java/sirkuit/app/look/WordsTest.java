package sirkuit.app.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import org.junit.jupiter.api.parallel.Isolated;
import sirkuit.app.mask.Strategy;
import sirkuit.app.tune.Trainable;
import sirkuit.mask.ScoreMethod;
import sirkuit.run.state.RunState;

/// Both languages say everything.
@Isolated("speaks another language for a while")
class WordsTest {
    private static final Path BUNDLES = Path.of("src", "main", "resources", "sirkuit", "app");
    private static final Pattern USED = Pattern.compile("Words\\s*\\.of\\(\\s*\"([\\w.-]+)\"(\\s*\\+)?");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern WORDS = Pattern.compile(".*[a-zA-Z]{2}.* .*|.* .*[a-zA-Z]{2}.*|[A-Z][a-z]+[….]?");
    /// Lines whose texts nobody reads in the window: what is logged, what says that the program is wrong, regular
    /// expressions and formats.
    private static final Pattern UNSEEN = Pattern.compile(
            "^\\s*(///|//|\\*|import )|@\\w+\\(|LOG\\.|Exception\\(|Pattern\\.compile|ofPattern\\(|String\\.format|requireNonNull"
                    + "|replaceAll\\(|startsWith\\(|endsWith\\(|contains\\(|equals\\(|new Font\\(|Font\\.font\\(|-fx-|transparent|segments\\(");
    /// Names and units.
    private static final Set<String> AS_THEY_ARE = Set.of("Sirkuit", "Java", "JavaFX", " - Sirkuit", " MB", " GB");

    /// What is stored in files, or sent to the engine.
    private static final Set<String> STORED = Set.of(
            "PreferencesView: ssh host sirkuit engine",
            "CausalModel: causal check",
            "SentenceModel: sentence without",
            "HeadModel: reach of a head",
            "WordsModel: words ",
            "CurveFigure: only low",
            "CurveFigure: only high",
            "CurveFigure: without low",
            "CurveFigure: without high",
            "CurveFigure: random only",
            "CurveFigure: random without",
            "GroupsModel: by hand",
            "MaskModel: by hand",
            "Selecting:  locked",
            "StudyForm: chosen ",
            "TuneModel: No heads",
            "TuneModel: All heads",
            "TuneModel: Norms only",
            "TuneModel: Full fine-tuning");

    /// What is told the terminal.
    private static final Set<String> NOT_OF_THE_WINDOW = Set.of("WindowLauncher", "SirkuitApp");

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
    void nothingIsSaidInTheWindowButFromTheBundle() throws IOException {
        Set<String> said = new TreeSet<>();
        for (Path file : files(Path.of("src", "main", "java", "sirkuit", "app"))) {
            String name = file.getFileName().toString().replace(".java", "");
            if (NOT_OF_THE_WINDOW.contains(name)) {
                continue;
            }
            for (String line : Files.readAllLines(file)) {
                if (!UNSEEN.matcher(line).find()) {
                    LITERAL.matcher(line)
                            .results()
                            .map(m -> m.group(1))
                            .filter(s -> WORDS.matcher(s).matches() && !shortcut(s) && !AS_THEY_ARE.contains(s))
                            .map(s -> name + ": " + s)
                            .filter(s -> !STORED.contains(s))
                            .forEach(said::add);
                }
            }
        }
        assertEquals(Set.of(), said);
    }

    private static boolean shortcut(String text) {
        return text.startsWith("Shortcut+") || text.startsWith("Alt+");
    }

    @Test
    void whatIsChosenFromHasItsWords() {
        for (String language : List.of("en", "id")) {
            Words.speak(language);
            for (ScoreMethod method : ScoreMethod.values()) {
                assertFalse(MethodWords.name(method).isBlank());
                assertFalse(MethodWords.shortName(method).isBlank());
                assertFalse(MethodWords.unit(method).isBlank());
                assertFalse(MethodWords.explanation(method).isBlank());
            }
            for (Strategy strategy : Strategy.values()) {
                assertFalse(strategy.words().isBlank());
                assertFalse(strategy.explanation().isBlank());
            }
            for (Trainable what : Trainable.values()) {
                assertFalse(what.words().isBlank());
            }
            for (RunState.Status status : RunState.Status.values()) {
                assertFalse(Words.of("runs.status." + status).isBlank());
            }
            for (String role : List.of("source", "target")) {
                assertFalse(Words.of("form.choose.train." + role).isBlank());
                assertFalse(Words.of("form.choose.test." + role).isBlank());
                assertFalse(Words.of("new.language." + role).isBlank());
                assertFalse(Words.of("new.language.more." + role).isBlank());
            }
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
        try {
            return files(Path.of("src", "main", "java")).stream().map(WordsTest::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path under) throws IOException {
        try (Stream<Path> all = Files.walk(under)) {
            return all.filter(f -> f.toString().endsWith(".java")).toList();
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
