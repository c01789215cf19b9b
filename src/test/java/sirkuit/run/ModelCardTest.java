package sirkuit.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;

class ModelCardTest {
    private static final String HOSTILE =
            "a|b`c`\n# not a heading\n---\n<script>alert(1)</script> ![x](https://evil.example) \u202Egnp.exe ```";

    @TempDir
    Path folder = Path.of("");

    @Test
    void namesOfOthersStayText() {
        String card = card(HOSTILE, HOSTILE, "column=" + HOSTILE).text();
        assertThat(card.lines().filter(l -> l.startsWith("# "))).hasSize(1);
        assertThat(card.lines().filter(l -> l.equals("---"))).as("front matter").hasSize(2);
        assertThat(card).doesNotContain("\u202E");
        // A fence or a tag may stand in an indented block of code, which only a line's end leaves.
        assertThat(card.lines().filter(l -> !l.startsWith("    ")))
                .noneMatch(l ->
                        l.contains("```") || l.contains("https://evil") || l.matches(".*(?<!\\\\)(<script|!\\[).*"));
        String heading =
                card.lines().filter(l -> l.startsWith("# ")).findFirst().orElseThrow();
        assertThat(heading)
                .contains(
                        ", fine-tuned \\(a\\|b\\`c\\` \\# not a heading --- \\<script\\>alert\\(1\\)\\</script\\> \\!\\[x\\]");
        assertThat(card.lines().filter(l -> l.startsWith("| training |")))
                .singleElement()
                .satisfies(l -> assertThat(l.replace("\\|", "").chars().filter(c -> c == '|'))
                        .as("cells of a row")
                        .hasSize(6));
    }

    @Test
    void commandsCanBePastedIntoAShell() {
        assertThat(Markdown.word("train.csv")).isEqualTo("train.csv");
        assertThat(Markdown.word("it's; rm -rf $HOME")).isEqualTo("'it'\\''s; rm -rf $HOME'");
        assertThat(Markdown.word("")).isEqualTo("''");
    }

    @Test
    void theBaseIsNamedAsOnTheHub() {
        assertThat(CardParts.baseModel("/cache/models--indolem--indobert-base/snapshots/12ab"))
                .isEqualTo("indolem/indobert-base");
        assertThat(CardParts.baseModel("/models/my model: [1]")).isEqualTo("my-model-1");
    }

    @Test
    void theLanguageIsThatOfTheTrainingTextsFilter() {
        assertThat(card("run", "by hand", "language=sw").text()).contains("\nlanguage: \"sw\"\n");
        assertThat(card("run", "by hand", "split=train").text()).doesNotContain("\nlanguage:");
    }

    @Test
    void figuresAreThoseOfTheRun() {
        assertThat(card("run", "by hand", null).text())
                .contains("Learned: minangkabau; source: minangkabau. (The run does not say so")
                .contains(
                        "| target: minangkabau | before | 400 | 51.8 | 46.9 to 56.6 | 44.6 |",
                        "| source: minangkabau | after | 400 | 76.3 |")
                .contains("Forgotten: 11.3 percentage points", "values are those of step 64 of 320")
                .contains("Chosen on this file: the limit on forgetting")
                .contains("could not be read", "| target, test texts |", "| source, test texts |")
                .doesNotContain("held out", "held-out")
                .contains("then cosine decay", "forgetting allowed 5.0 points")
                .contains(
                        "--schedule cosine \\",
                        "--max-forgetting 5.0 \\",
                        "--no-buckets \\",
                        "--activation-checkpointing");
    }

    @Test
    void theTokenizerStandsBesideTheCheckpointsItBelongsTo() {
        assertThat(card("run", "by hand", null).text())
                .contains("| base | 1234 |\n| this one | 5678 |\n| tokenizer of both | 9abc |\n");
    }

    private ModelCard card(String name, String madeBy, @org.jspecify.annotations.Nullable String filter) {
        DataFile train =
                new DataFile(folder.resolve("minangkabau/train.csv").toString(), "text", "label", null, null, filter);
        RunConfig run = new RunConfig(
                1,
                name,
                folder.resolve("base").toString(),
                List.of("a", HOSTILE),
                null,
                RunConfig.Parameters.of(new HeadMask(2, 4, List.of(new Head(1, 2)), madeBy)),
                new RunConfig.Data(train, train, train, Map.of(HOSTILE, train)),
                RunConfig.Settings.DEFAULT,
                new RunConfig.Course(RunConfig.Course.Schedule.COSINE, 5.0, false, 0, 30, true));
        RunOutcome outcome = new RunOutcome(
                320,
                64,
                1000,
                100_000,
                500,
                new RunOutcome.Figures(
                        new RunOutcome.Figure(400, 0.5175, 0.4455), new RunOutcome.Figure(400, 0.875, 0.8), Map.of()),
                new RunOutcome.Figures(
                        new RunOutcome.Figure(400, 0.755, 0.7),
                        new RunOutcome.Figure(400, 0.7625, 0.7),
                        Map.of(HOSTILE, new RunOutcome.Figure(80, 0.5, 0.5))),
                35,
                List.of("60 of the texts in " + train.file() + " are also in " + HOSTILE));
        return new ModelCard(run, outcome, "1234", "5678", "9abc", false);
    }
}
