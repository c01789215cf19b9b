package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import sirkuit.cli.Main;

/// `docs/glossary.md` fixes one word for each thing. What people read keeps to it: the words that the table lists as
/// wrong are nowhere in it.
class GlossaryTest {
    private static final Path GLOSSARY = Path.of("docs", "glossary.md");
    private static final Path RESOURCES = Path.of("src", "main", "resources", "sirkuit");
    private static final Pattern ITALICS = Pattern.compile("\\*[^*,|]+\\*(?: \\([^)]*\\))?");
    private static final Pattern IN_PRESENT = Pattern.compile("(.*?) \\(Present\\)");
    /// Code in documents: fenced blocks and what stands between backticks. It may use any word.
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");

    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");

    /// A word that is not used.
    ///
    /// @param inPresent whether the pages for an audience may use it
    private record Wrong(String word, Pattern pattern, boolean inPresent) {
        static Wrong of(String cell) {
            Matcher present = IN_PRESENT.matcher(cell);
            boolean allowed = present.matches();
            String word = allowed ? present.group(1) : cell;
            boolean anyEnding = word.endsWith("*");
            String letters = anyEnding ? word.substring(0, word.length() - 1) : word;
            String spaced = Pattern.quote(letters).replace(" ", "\\E\\s+\\Q");
            return new Wrong(
                    word,
                    Pattern.compile(
                            "(?<![\\w-])" + spaced + (anyEnding ? "\\w*" : "") + "(?![\\w-])",
                            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS),
                    allowed);
        }

        boolean isIn(String text) {
            return pattern.matcher(text).find();
        }
    }

    private static List<String[]> rows(String table) {
        return table.lines()
                .filter(l -> l.startsWith("| "))
                .map(l -> Arrays.stream(l.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toArray(String[]::new))
                .filter(cells -> !cells[0].equals("English"))
                .toList();
    }

    private static List<Wrong> wrong(String table, int column) {
        List<Wrong> wrong = new ArrayList<>();
        for (String[] cells : rows(table)) {
            String tested = ITALICS.matcher(cells[column].replace("(Present)", "\u0001"))
                    .replaceAll("")
                    .replace("\u0001", "(Present)");
            Arrays.stream(tested.split(","))
                    .map(String::strip)
                    .filter(w -> !w.isEmpty())
                    .map(Wrong::of)
                    .forEach(wrong::add);
        }
        return wrong;
    }

    private static TreeSet<String> violations(List<Wrong> wrong, Map<String, String> texts) {
        TreeSet<String> found = new TreeSet<>();
        texts.forEach((where, text) -> wrong.stream()
                .filter(w -> !(w.inPresent() && forAnAudience(where)) && w.isIn(text))
                .forEach(w -> found.add("\"" + w.word() + "\" in " + where)));
        return found;
    }

    private static boolean forAnAudience(String where) {
        return where.contains(" present.") || where.endsWith("present.md") || where.endsWith("for-everyone.md");
    }

    private static Map<String, String> bundle(String name) throws IOException {
        Properties all = new Properties();
        try (Reader in = Files.newBufferedReader(RESOURCES.resolve(name))) {
            all.load(in);
        }
        Map<String, String> texts = new TreeMap<>();
        all.forEach((key, text) -> texts.put(name + " " + key, (String) text));
        return texts;
    }

    private static Map<String, String> help() {
        Map<String, String> texts = new LinkedHashMap<>();
        help(new CommandLine(new Main()), texts);
        return texts;
    }

    private static void help(CommandLine command, Map<String, String> texts) {
        if (!command.getCommandName().matches("help|generate-completion")) {
            texts.put("help of " + command.getCommandName(), command.getUsageMessage(CommandLine.Help.Ansi.OFF));
            command.getSubcommands().values().forEach(sub -> help(sub, texts));
        }
    }

    /// What commands, reports, model cards and samples print: the texts in their sources.
    private static Map<String, String> printed() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String room : List.of("cli", "report", "run", "sample", "study")) {
            try (Stream<Path> all = Files.walk(Path.of("src", "main", "java", "sirkuit", room))) {
                for (Path file : all.filter(p -> p.toString().endsWith(".java")).toList()) {
                    String text = Files.readAllLines(file).stream()
                            .filter(l -> !l.strip().startsWith("//"))
                            .flatMap(l -> TEXT.matcher(l).results())
                            .map(MatchResult::group)
                            .filter(t -> t.contains(" "))
                            .collect(Collectors.joining("\n"));
                    texts.put(file.toString(), text);
                }
            }
        }
        return texts;
    }

    private static Map<String, String> documents() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of(".", "docs", "packaging", "sample-projects")) {
            try (Stream<Path> all = Files.walk(Path.of(folder), folder.equals("sample-projects") ? 4 : 1)) {
                all.filter(p -> p.toString().endsWith(".md") || p.endsWith("CITATION.cff"))
                        .filter(p -> !p.equals(GLOSSARY))
                        .forEach(files::add);
            }
        }
        Map<String, String> texts = new TreeMap<>();
        for (Path file : files) {
            texts.put(
                    file.normalize().toString(),
                    CODE.matcher(Files.readString(file)).replaceAll("` `"));
        }
        return texts;
    }

    @Test
    void noEnglishTextUsesAWordThatTheGlossaryRulesOut() throws IOException {
        List<Wrong> wrong = wrong(Files.readString(GLOSSARY), 3);
        assertThat(wrong).hasSizeGreaterThan(30);
        Map<String, String> texts = new LinkedHashMap<>(bundle("app/words.properties"));
        texts.putAll(bundle("messages.properties"));
        texts.putAll(help());
        texts.putAll(documents());
        texts.putAll(printed());
        assertThat(texts)
                .containsKeys("README.md", "docs/tour.md", "help of tune", "app/words.properties tab.tune")
                .hasEntrySatisfying(
                        Path.of("src/main/java/sirkuit/report/Report.java").toString(),
                        t -> assertThat(t).contains("Training only these heads"));
        assertThat(violations(wrong, texts)).isEmpty();
    }

    @Test
    void noIndonesianTextUsesAWordThatTheGlossaryRulesOut() throws IOException {
        List<Wrong> wrong = wrong(Files.readString(GLOSSARY), 4);
        assertThat(wrong).hasSizeGreaterThan(15);
        Map<String, String> texts = new LinkedHashMap<>(bundle("app/words_id.properties"));
        texts.putAll(bundle("messages_id.properties"));
        assertThat(texts).containsKey("app/words_id.properties tab.tune");
        assertThat(violations(wrong, texts)).isEmpty();
    }

    @Test
    void everyRowOfTheGlossaryHasFiveCellsAndAWordInBothLanguages() throws IOException {
        List<String[]> rows = rows(Files.readString(GLOSSARY));
        assertThat(rows).hasSizeGreaterThan(50);
        for (String[] cells : rows) {
            assertThat(cells).as(String.join(" | ", cells)).hasSize(6);
            assertThat(cells[0]).isNotEmpty();
            assertThat(cells[1]).as(cells[0]).isNotEmpty();
        }
    }

    @Test
    void aWordThatIsRuledOutIsFoundAsAWordWhateverItsCaseAndLineBreaks() {
        String table =
                "| selected heads | kepala | the mask | chosen heads, judg*, teach (Present), *part* (a word) | batal |";
        List<Wrong> english = wrong(table, 3);
        assertThat(english).extracting(Wrong::word).containsExactly("chosen heads", "judg*", "teach");
        Map<String, String> texts = Map.of(
                "a", "Chosen\n  heads are trained.",
                "b", "the model is judging it",
                "c", "a part, unchosen heads, prejudged, teacher",
                "d", "we teach it",
                "words present.notes", "we teach it");
        assertThat(violations(english, texts))
                .containsExactly("\"chosen heads\" in a", "\"judg*\" in b", "\"teach\" in d");
        assertThat(violations(wrong(table, 4), Map.of("e", "Batalkan", "f", "Batal")))
                .containsExactly("\"batal\" in f");
    }
}
