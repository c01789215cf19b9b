package sirkuit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.figure.FigureColours;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.LabelBinding;
import sirkuit.record.ProjectFile;
import sirkuit.record.Provenance;
import sirkuit.record.ScoreRecord;
import sirkuit.study.MadeStudy;
import sirkuit.study.Study;
import sirkuit.study.StudyPlan;
import sirkuit.study.StudyResults;
import sirkuit.study.StudyTable;

class ReportTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 2);
    private static final String HOSTILE = "</title></style><script>alert('x')</script><img src=x onerror=alert(1)>&\"'";

    @TempDir
    Path place;

    private ProjectFile project;

    @BeforeEach
    void aProject() {
        DataFile data = new DataFile(place.resolve("data.csv").toString());
        project = new ProjectFile(
                1,
                HOSTILE,
                place.resolve("checkpoint").toString(),
                List.of("good", "bad"),
                new ProjectFile.Language("Source <b>", data, data),
                new ProjectFile.Language("Target \"onload=", data, data),
                32);
    }

    private static ScoreRecord scores(ScoreMethod method, int layers, int heads) {
        Random random = new Random(1);
        double[][] values = new double[layers][heads];
        double[][] errors = new double[layers][heads];
        for (int l = 0; l < layers; l++) {
            for (int h = 0; h < heads; h++) {
                values[l][h] = random.nextGaussian();
                errors[l][h] = random.nextDouble();
            }
        }
        return new ScoreRecord(
                1,
                method,
                false,
                new ScoreRecord.Values(layers, heads, values, errors, 120),
                new ScoreRecord.Samples(60, new int[] {30, 30}, 0, 0, List.of("good", "bad"), 32, 7),
                1.5,
                null);
    }

    private ReportSubject subject(List<ScoreRecord> scores, HeadMask mask) {
        return new ReportSubject(place, project, scores, mask, HOSTILE, List.of(), null);
    }

    @Test
    void hostileTextsStayTexts() {
        Findings.Sentence sentence = new Findings.Sentence(HOSTILE, HOSTILE, "good", "bad", HOSTILE);
        String page = Report.of(
                subject(List.of(scores(ScoreMethod.CDT, 2, 2)), new HeadMask(2, 2, List.of(new Head(0, 1)), HOSTILE)),
                new Findings(
                        null, List.of(new Findings.Changed("1", HOSTILE, 10, List.of(sentence), List.of(sentence)))),
                DAY);
        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("<b>")
                .contains("&lt;script&gt;")
                .contains("default-src &#x27;none&#x27;");
    }

    @Test
    void showsEachHeadWithItsScoreAndMarksTheChosen() {
        ScoreRecord record = scores(ScoreMethod.CDT, 2, 3);
        String page = Report.of(
                subject(List.of(record), new HeadMask(2, 3, List.of(new Head(1, 2)), "by hand")), Findings.NONE, DAY);
        String written = "%+.3f".formatted(record.score()[1][2]);
        assertThat(page).contains("L1 H2: " + written + " ±").contains("2026-01-02");
        assertThat(page.split(", selected").length - 1).isEqualTo(1);
    }

    @Test
    void textsThatHaveChangedSinceTheScoresWereMadeAreNamed() throws IOException {
        Path texts = place.resolve("data.csv");
        Files.writeString(texts, "text,label\nwhat a day,good\nwhat a pity,bad\n");
        String digest = new DataFile(texts.toString()).digest(List.of("good", "bad"));
        ScoreRecord made = madeFrom(Map.of("data.csv", digest));
        assertThat(page(made)).doesNotContain("have changed since");
        Files.writeString(texts, "text,label\nwhat a day,good\nwhat a shame,bad\n");
        assertThat(page(made)).contains("The texts in", "have changed since the scores by");
        Files.delete(texts);
        assertThat(page(made)).doesNotContain("have changed since");
    }

    private String page(ScoreRecord record) {
        return Report.of(subject(List.of(record), HeadMask.none(2, 2)), Findings.NONE, DAY);
    }

    @Test
    void whatLabelsWereTakenToMeanIsSaid() {
        LabelBinding binding = new LabelBinding(
                List.of("good", "bad"),
                "config",
                List.of(
                        new LabelBinding.Value("1", "bad", LabelBinding.How.NUMBER, 20, null),
                        new LabelBinding.Value("good", "good", LabelBinding.How.NAME, 1, null),
                        new LabelBinding.Value("<b>", "good", LabelBinding.How.LABEL_MAP, 2, null)));
        ScoreRecord r = madeFrom(Map.of("texts/data.csv", "1234"));
        String page = page(new ScoreRecord(
                r.schemaVersion(),
                r.method(),
                r.stabilised(),
                r.values(),
                r.samples(),
                r.seconds(),
                r.provenance(),
                ScoreRecord.Details.NONE,
                null,
                binding));
        assertThat(page)
                .contains("labels of texts/data.csv")
                .contains("1 read as bad (by number, 20 texts), good (1 text), &lt;b&gt; read as good (as assigned,");
    }

    private static ScoreRecord madeFrom(Map<String, String> data) {
        ScoreRecord r = scores(ScoreMethod.CDT, 2, 2);
        Provenance from = new Provenance("1", "checkpoint", "0", data, "cpu", "libtorch", "2026-01-01T00:00:00Z");
        return new ScoreRecord(
                r.schemaVersion(),
                r.method(),
                r.stabilised(),
                r.values(),
                r.samples(),
                r.seconds(),
                from,
                ScoreRecord.Details.NONE,
                null,
                null);
    }

    @Test
    void aLargeModelScoredFourWaysStaysUnderTwoMegabytes() {
        List<ScoreRecord> all = List.of(
                scores(ScoreMethod.CDT, 80, 64),
                scores(ScoreMethod.CDT_MAGNITUDE, 80, 64),
                scores(ScoreMethod.GRADIENT, 80, 64),
                scores(ScoreMethod.ABLATION, 80, 64));
        String page = Report.of(subject(all, HeadMask.all(80, 64)), Findings.NONE, DAY);
        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
    }

    /// Full fine-tuning forgets 3 points more at the same gain with every seed.
    @Test
    void aStudyHasItsVerdictItsBestRatesAndItsFrontiers() {
        StudyPlan plan = MadeStudy.plan(place, List.of(1e-4, 2e-4), List.of(0L, 1L), false, null);
        List<StudyTable.Outcome> outcomes = new ArrayList<>();
        for (StudyPlan.Cell cell : plan.cells(place)) {
            double more = cell.strategy().equals("full") ? 3 : 0;
            double gain = cell.rate() == 1e-4 ? 4 : 6;
            outcomes.add(new StudyTable.Outcome(
                    cell.target(),
                    cell.strategy(),
                    cell.rate(),
                    cell.seed(),
                    0.5 + gain / 100,
                    0.79 - more / 100,
                    1 + more,
                    gain,
                    gain / 10,
                    ""));
        }
        StudyResults results = new StudyResults(new Study(place.resolve("fair"), plan), outcomes, List.of(), List.of());
        String page = Report.of(
                new ReportSubject(place, project, List.of(), null, "", List.of(), null, List.of(results), List.of()),
                Findings.NONE,
                DAY);
        assertThat(page)
                .contains("<h2>Studies</h2>", "<h3>fair</h3>", "8 of 8 runs have finished.")
                .contains("At a gain of 6.0 points, top-1 cdt forgets 3.0 points less than full (95 % interval")
                .contains("<td>full</td><td>2e-4</td><td>60.0 ± 0.0</td>")
                .contains("<td>top-1 cdt</td><td>2e-4</td><td>+1.0</td><td>+6.0</td>");
        assertThat(Report.of(subject(List.of(), null), Findings.NONE, DAY)).doesNotContain("<h2>Studies</h2>");
    }

    @Test
    void needsNothingFromElsewhere() {
        String page =
                Report.of(subject(List.of(scores(ScoreMethod.CDT, 2, 2)), HeadMask.none(2, 2)), Findings.NONE, DAY);
        assertThat(page).doesNotContain("http://").doesNotContain(" src=\"").doesNotContain("@import");
    }

    @Test
    void theSampleTellsWhatItsRunsCameTo() throws IOException {
        Path sample = Path.of("sample-projects/reviews");
        try (Project opened = Project.openReadOnly(sample)) {
            ReportSubject subject = ReportSubject.of(opened, null);
            String page = Report.of(subject, Findings.NONE, DAY);
            ReportSubject.Run best = subject.bestMasked();
            assertThat(best).isNotNull();
            assertThat(page)
                    .contains(Tables.percent(best.state().finalTarget().accuracy()))
                    .contains("sirkuit tune")
                    .contains("--train data/minangkabau/train.csv")
                    .contains("--mask &#x27;masks/top 16 by CD-T.json&#x27;")
                    .contains("--checkpoint checkpoint ")
                    .contains(opened.file().name())
                    .contains("minangkabau/test.csv to test on")
                    .doesNotContain("held out", "held-out");
            assertThat(page).as("paths of this machine").doesNotContain(sample.toAbsolutePath() + "/data");
            assertThat(Files.exists(sample.resolve("report.html"))).isFalse();
        }
    }

    @Test
    void theHighestScoreHasTheWindowsColourInBothThemes() {
        String page =
                Report.of(subject(List.of(scores(ScoreMethod.CDT, 2, 4)), HeadMask.none(2, 4)), Findings.NONE, DAY);
        String[] themes = page.split("prefers-color-scheme: dark", 2);
        assertThat(themes[0]).contains(".heat td.d20 { background: " + code(FigureColours.LIGHT));
        assertThat(themes[1]).contains(".heat td.d20 { background: " + code(FigureColours.DARK));
    }

    private static String code(FigureColours colours) {
        return "#%06x".formatted(colours.scale(true).at(1));
    }
}
