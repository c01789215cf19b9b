package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import sirkuit.dataset.LabelledTexts;
import sirkuit.dataset.table.TextSource;
import sirkuit.protocol.Stage;

/// The texts of problems, notes and stages: every code that the program uses has one, a problem also a remedy, in both
/// languages.
class MessagesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String REMEDY = ".remedy";
    private static final String WINDOW = ".remedy.window";

    /// Where a code is used.
    ///
    /// @param arguments how many are filled in
    private record Use(String code, String method, int arguments, String place) {}

    private static Map<String, String> bundle(String name) throws IOException {
        Properties all = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("src/main/resources/sirkuit", name))) {
            all.load(in);
        }
        Map<String, String> texts = new TreeMap<>();
        all.forEach((key, text) -> texts.put((String) key, (String) text));
        return texts;
    }

    private static List<CompilationUnitTree> parsed() throws IOException {
        List<CompilationUnitTree> units = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(SOURCES)) {
            List<Path> sources = all.filter(p -> p.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, d -> {}, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            task.parse().forEach(units::add);
        }
        return units;
    }

    private static List<Use> uses() throws IOException {
        List<Use> uses = new ArrayList<>();
        for (CompilationUnitTree unit : parsed()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                    String method = call.getMethodSelect().toString();
                    if (method.matches("(.*\\.)?(Problem\\.(of|work)|within|Message\\.(of|joined))")) {
                        List<? extends ExpressionTree> given = call.getArguments();
                        String kind = method.endsWith("Message.of") ? "message" : method.replaceAll(".*\\.", "");
                        // A problem's cause stands before its code.
                        int first = kind.equals("of") || kind.equals("work") ? 2 : 1;
                        for (int i = 0; i < Math.min(first, given.size()); i++) {
                            List<String> codes = codes(given.get(i));
                            for (String code : codes) {
                                uses.add(new Use(
                                        code,
                                        kind,
                                        kind.equals("joined") ? 2 : given.size() - i - 1,
                                        unit.getSourceFile().getName()));
                            }
                            if (!codes.isEmpty()) {
                                break;
                            }
                        }
                    }
                    return super.visitMethodInvocation(call, none);
                }
            }.scan(unit, null);
        }
        for (Stage stage : Stage.values()) {
            if (stage != Stage.OTHER) {
                uses.add(new Use(stage.code(), "stage", stage.detailed() ? 1 : 0, "Stage"));
            }
        }
        return uses;
    }

    /// A code, or the two that a condition chooses from.
    private static List<String> codes(ExpressionTree given) {
        List<String> codes = new ArrayList<>();
        switch (given) {
            case LiteralTree l when l.getValue() instanceof String text -> codes.add(text);
            case ConditionalExpressionTree c -> {
                codes.addAll(codes(c.getTrueExpression()));
                codes.addAll(codes(c.getFalseExpression()));
            }
            case BinaryTree sum ->
                assertThat(sum.toString()).as("a code is written whole").isEmpty();
            default -> {}
        }
        return codes;
    }

    private static Set<Integer> filledIn(String... texts) {
        Set<Integer> found = new TreeSet<>();
        for (String text : texts) {
            // Braces between apostrophes are no places.
            Matcher places = Pattern.compile("'[^']*'|\\{(\\d+)}").matcher(text.replace("''", ""));
            while (places.find()) {
                if (places.group(1) != null) {
                    found.add(Integer.valueOf(places.group(1)));
                }
            }
        }
        return found;
    }

    @Test
    void everyCodeHasATextForEachOfItsArguments() throws IOException {
        Map<String, String> english = bundle("messages.properties");
        List<Use> uses = uses();
        assertThat(uses).hasSizeGreaterThan(300);
        for (Use use : uses) {
            int arguments = use.arguments + (use.method.equals("within") ? 1 : 0);
            String what = english.get(use.code);
            assertThat(what).as("%s in %s", use.code, use.place).isNotNull();
            boolean alone = !use.method.equals("of") && !use.method.equals("work") || use.code.endsWith(REMEDY);
            String remedy = alone ? "" : english.get(use.code + REMEDY);
            assertThat(remedy).as("remedy of %s in %s", use.code, use.place).isNotNull();
            assertThat(filledIn(what, remedy))
                    .as("%s in %s", use.code, use.place)
                    .hasSize(arguments)
                    .allMatch(n -> n < arguments);
        }
    }

    /// What people read in the window names what they can do there.
    @Test
    void aNoteThatNamesAnOptionSaysSomethingElseInTheWindow() throws IOException {
        Map<String, String> english = bundle("messages.properties");
        Set<String> notes = new TreeSet<>();
        uses().stream()
                .filter(use -> use.method.equals("message") && !use.code.endsWith(REMEDY))
                .filter(use -> !use.code.startsWith("cli."))
                .map(Use::code)
                .filter(code -> english.get(code).matches("(?s).*--[a-z].*"))
                .forEach(notes::add);
        assertThat(notes).hasSizeGreaterThan(5);
        for (String code : notes) {
            assertThat(english).as(code).containsKey(code + ".window");
        }
    }

    @Test
    void noTextIsLeftOver() throws IOException {
        Set<String> used = new TreeSet<>();
        uses().forEach(use -> used.add(use.code));
        for (String key : bundle("messages.properties").keySet()) {
            String code = key.replace(WINDOW, "").replace(REMEDY, "");
            assertThat(used.contains(code) || used.contains(key.replaceFirst("\\.window$", "")))
                    .as(key)
                    .isTrue();
        }
    }

    @Test
    void theIndonesianTextsSayTheSame() throws IOException {
        Map<String, String> english = bundle("messages.properties");
        Map<String, String> indonesian = bundle("messages_id.properties");
        assertThat(indonesian.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) -> {
            assertThat(filledIn(indonesian.get(key))).as(key).isEqualTo(filledIn(text));
            assertThat(new MessageFormat(indonesian.get(key)).format(new Object[0]))
                    .isNotEmpty();
            assertThat(new MessageFormat(text).format(new Object[0])).isNotEmpty();
        });
    }

    @Test
    void whatTheWindowSaysNamesNoOption() throws IOException {
        bundle("messages.properties").forEach((key, text) -> {
            if (key.endsWith(".window")) {
                assertThat(text).as(key).doesNotContainPattern("--[a-z]");
            }
        });
    }

    /// What a remedy tells people to look for in the window is there, under that name.
    @Test
    void controlsThatTheWindowNamesAreThere() throws IOException {
        for (String language : List.of("", "_id")) {
            Set<String> words =
                    new TreeSet<>(bundle("app/words" + language + ".properties").values());
            Set<String> named = new TreeSet<>();
            bundle("messages" + language + ".properties").forEach((key, text) -> {
                // Quoted names with a capital and a blank are those of controls; others are fields of project.json.
                Matcher quoted = Pattern.compile("\"(\\p{Lu}[^\"{]* [^\"{]*)\"").matcher(text);
                while (key.endsWith(".window") && quoted.find()) {
                    named.add(quoted.group(1));
                }
            });
            assertThat(named).hasSizeGreaterThanOrEqualTo(3);
            assertThat(words).containsAll(named);
        }
    }

    /// A file of the documentation that a text points to exists.
    @Test
    void documentsThatTextsPointToAreThere() throws IOException {
        bundle("messages.properties").forEach((key, text) -> {
            assertThat(text).as(key).doesNotContain("README,");
            Matcher document = Pattern.compile("docs/[a-z-]+\\.md").matcher(text);
            while (document.find()) {
                assertThat(Path.of(document.group())).as(key).exists();
            }
        });
    }

    /// Sentences that only have a text cannot be said in another language.
    @Test
    void noProblemAndNoNoteIsMadeOfASentence() throws IOException {
        List<String> found = new ArrayList<>();
        List<Integer> looked = new ArrayList<>();
        for (CompilationUnitTree unit : parsed()) {
            String file = unit.getSourceFile().getName();
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                    if (call.getMethodSelect().toString().matches("(.*\\.)?(Problem|Message)\\.plain")) {
                        look(call.getArguments());
                    }
                    return super.visitMethodInvocation(call, none);
                }

                @Override
                public Void visitNewClass(NewClassTree made, Void none) {
                    if (made.getIdentifier().toString().matches("(.*\\.)?(Problem|Noted)")) {
                        look(made.getArguments());
                    }
                    return super.visitNewClass(made, none);
                }

                private void look(List<? extends ExpressionTree> given) {
                    looked.add(given.size());
                    given.forEach(one -> sentences(one).forEach(text -> found.add(file + ": " + text)));
                }
            }.scan(unit, null);
        }
        assertThat(looked).hasSizeGreaterThan(10);
        assertThat(found).isEmpty();
        assertThat(Problem.class.getConstructors())
                .allSatisfy(c -> assertThat(c.getParameterTypes()).doesNotContain(String.class));
    }

    /// Literals with words in an expression, but not codes and arguments of texts in a bundle.
    private static List<String> sentences(ExpressionTree expression) {
        List<String> found = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                return call.getMethodSelect().toString().matches("(.*\\.)?(Words|Message)\\.of")
                        ? null
                        : super.visitMethodInvocation(call, none);
            }

            @Override
            public Void visitLiteral(LiteralTree literal, Void none) {
                if (literal.getValue() instanceof String text
                        && text.matches("(?s).*[a-zA-Z]{2}.* .*|.* .*[a-zA-Z]{2}.*")) {
                    found.add(text);
                }
                return null;
            }
        }.scan(expression, null);
        return found;
    }

    /// Whether it was typed as a relative path or comes from a process that runs elsewhere.
    @Test
    void aFileIsAlwaysNamedByItsWholePath() {
        Path typed = Path.of("nowhere", "..", "nomask.json");
        String whole = Path.of("nomask.json").toAbsolutePath().toString();
        for (JsonKind kind : JsonKind.values()) {
            assertThatThrownBy(() -> Json.read(typed, Object.class, 1, kind)).hasMessageContaining(whole);
        }
        assertThatThrownBy(() -> LabelledTexts.read(TextSource.of(Path.of("nosuch.csv")), row -> {}))
                .hasMessageContaining(Path.of("nosuch.csv").toAbsolutePath() + " does not exist.");
    }

    @Test
    void theRemedyForAMissingMaskOrScoresMakesThemThere() {
        Path file = Path.of("my mask.json").toAbsolutePath();
        assertThatThrownBy(() -> Json.read(file, Object.class, 1, JsonKind.MASK))
                .hasMessageContaining("sirkuit mask --scores scores.json --top-k 12 --out '" + file + "'");
        assertThatThrownBy(() -> Json.read(file, Object.class, 1, JsonKind.SCORES))
                .hasMessageContaining("sirkuit score --checkpoint DIR --data FILE --out '" + file + "'");
    }

    @Test
    void aMessageIsSaidInTheLanguageOfItsReader() throws IOException {
        Message inner = Message.of("ground.folder-not-file", "a.json");
        Message outer = Message.of("ground.in-file", "b", inner);
        assertThat(outer.english()).isEqualTo("b: " + inner.english());
        assertThat(outer.text(Locale.of("id"))).isEqualTo("b: " + inner.text(Locale.of("id")));
        assertThat(inner.text(Locale.of("id"))).isNotEqualTo(inner.english());
        assertThat(Json.MAPPER.readValue(Json.line(outer), Message.class)).isEqualTo(outer);
    }

    @Test
    void numbersAndApostrophesStayAsTheyAre() {
        assertThat(Message.plain("it's {0} of 100000").english()).isEqualTo("it's {0} of 100000");
        assertThat(Message.of("ground.in-file", 100000, "a'b{c}").english()).isEqualTo("100000: a'b{c}");
    }

    @Test
    void aCodeOfANewerVersionStillSaysWhatItIsAbout() {
        assertThat(Message.of("ground.not-yet-known", "model.json").english()).contains("model.json");
    }
}
