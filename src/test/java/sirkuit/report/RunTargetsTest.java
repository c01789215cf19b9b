package sirkuit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.MadeRun;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.project.ModelCard;
import sirkuit.project.Project;
import sirkuit.project.ProjectFile;
import sirkuit.project.RunConfig;
import sirkuit.project.RunFolder;

/// A project whose runs learnt Minangkabau and whose target is Javanese by now: what they came to stays theirs.
class RunTargetsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

    @TempDir
    Path folder = Path.of("");

    private ProjectFile.Language minangkabau;
    private ProjectFile.Language javanese;
    private ProjectFile.Language indonesian;
    private Project project;

    @BeforeEach
    void make() {
        Path data = folder.resolve("project/data");
        minangkabau = MadeRun.language(data, "Minangkabau");
        javanese = MadeRun.language(data, "Javanese");
        indonesian = MadeRun.language(data, "Indonesian");
        project = Project.create(
                folder.resolve("project"),
                new ProjectFile(1, "Reviews", model(), MadeRun.LABELS, indonesian, minangkabau, 16));
        run("1-top", MadeRun.TOP, minangkabau, 0.76, 0.86);
        run("2-full", null, minangkabau, 0.775, 0.66);
    }

    @AfterEach
    void close() {
        project.close();
    }

    private String model() {
        return folder.resolve("project/model").toString();
    }

    private RunFolder run(
            String id, HeadMask mask, ProjectFile.Language target, double targetAfter, double sourceAfter) {
        RunConfig config = MadeRun.config(id, model(), mask, target, indonesian);
        return MadeRun.write(project.run(id).folder(), config, targetAfter, sourceAfter, MadeRun.digests(config));
    }

    private void choose(ProjectFile.Language target) {
        project.update(project.resolved().withTarget(target));
    }

    private String page() {
        return Report.of(Subject.of(project, null), Findings.NONE, DAY);
    }

    @Test
    void choosingOtherTargetTextsRewritesNoHistory() {
        String claim =
                "Training only them brings Minangkabau from 51.8 % to 76.0 % and forgets 1.5 points of Indonesian.";
        assertThat(page()).contains(claim).doesNotContain("Javanese");
        choose(javanese);
        assertThat(page())
                .contains(claim)
                .contains("Training everything brings Minangkabau from 51.8 % to 77.5 %")
                .contains("No run has learnt Javanese with the texts that the project has now.")
                .contains("learnt by runs 1, 2", "Minangkabau: minangkabau/train.csv to learn from")
                .contains("Accuracy by step: Minangkabau full, Indonesian dashed")
                .contains("--target Minangkabau", "--source Indonesian")
                .contains("run 1-top: learnt Minangkabau")
                .doesNotContain("brings Javanese");
        RunFolder top = project.run("1-top");
        RunStory story = RunStory.of(top);
        String card = new ModelCard(top.config(), story.outcome(top), "1", "2", false).text();
        assertThat(card)
                .contains("Learnt: Minangkabau; source: Indonesian.\n")
                .contains(
                        "| target: Minangkabau | after | 400 | 76.0 |",
                        "| targetEval | " + minangkabau.test().digest(MadeRun.LABELS))
                .doesNotContain("Javanese");
    }

    @Test
    void runsOfTwoTargetsAreToldEachByItself() {
        choose(javanese);
        run("3-top", MadeRun.TOP, javanese, 0.6, 0.87);
        run("4-random", new MaskStrategy.RandomK(2, 1).draw(2, 4), javanese, 0.55, 0.87);
        Subject subject = Subject.of(project, null);
        String page = page();
        assertThat(page)
                .contains(
                        "The runs learnt different targets, or were measured on different texts (Javanese; Minangkabau)")
                .contains("Training only them brings Javanese from 51.8 % to 60.0 %")
                .contains("Training as many heads drawn by chance brings Javanese from 51.8 % to 55.0 %")
                .contains("Training only them brings Minangkabau from 51.8 % to 76.0 %")
                .contains("Training everything brings Minangkabau")
                .doesNotContain("Training everything brings Javanese")
                .doesNotContain("drawn by chance brings Minangkabau");
        // Not the highest of all, which learnt something else.
        assertThat(subject.bestMasked())
                .isNotNull()
                .extracting(Subject.Run::name)
                .isEqualTo("3-top");
        assertThat(subject.full()).isNull();
        assertThat(page.split("<svg", -1)).as("two figures for each target").hasSize(5);
        // In the trade-off of the one the runs of the other have no mark.
        String tradeOff = svgAfter(page, "What was gained on Javanese");
        assertThat(tradeOff).contains(">3</text>", ">4</text>").doesNotContain(">1</text>", ">2</text>");
        assertThat(svgAfter(page, "What was gained on Minangkabau")).contains(">1</text>", ">2</text>");
    }

    /// The figure whose caption this is.
    private static String svgAfter(String page, String caption) {
        int at = page.indexOf(caption);
        String svg = page.substring(page.lastIndexOf("<svg", at), at);
        return svg.replaceAll("<text [^>]*text-anchor=\"(middle|end)\">[^<]*</text>", ""); // numbers on the axes
    }

    @Test
    void theSameNameWithOtherTestTextsIsTold() throws Exception {
        Files.writeString(Path.of(minangkabau.test().file()), "text,label\nanother,negative\nand another,positive\n");
        run("3-top", MadeRun.TOP, minangkabau, 0.9, 0.8);
        assertThat(page())
                .contains("Minangkabau, other test texts")
                .contains("brings Minangkabau from 51.8 % to 76.0 %")
                .contains("brings Minangkabau (other test texts) from 51.8 % to 90.0 %");
    }

    @Test
    void aRunOfAnOlderVersionIsCalledAfterItsFilesAndNotAsTheProjectHasItNow() {
        choose(javanese);
        RunConfig config = MadeRun.config("0-old", model(), MadeRun.TOP, minangkabau, indonesian)
                .named(null, null);
        MadeRun.write(project.run("0-old").folder(), config, 0.7, 0.8, Map.of());
        Subject subject = Subject.of(project, null);
        assertThat(subject.groups()).as("the same files under the same name").hasSize(1);
        assertThat(page())
                .contains("told by the names of their files alone, because an older version made them: 0-old.")
                .doesNotContain("brings Javanese");
    }

    @Test
    void sentencesGainedAndLostAreThoseOfTheTextsThatTheRunWasMeasuredOn() throws Exception {
        Files.createDirectories(Path.of(model()));
        choose(javanese);
        List<String> asked = new ArrayList<>();
        Findings findings = new Inquiry((request, heard) -> {
                    if (request instanceof Request.Predict p) {
                        asked.add(p.data().file());
                        boolean adapted = p.model().checkpoint().endsWith("adapted");
                        heard.accept(new Event.Predicted(
                                0,
                                1,
                                List.of("a", "b"),
                                List.of(new Event.Predicted.Row(
                                        "text", null, 1, null, adapted ? 1 : 0, new float[2]))));
                    }
                })
                .about(Subject.of(project, null));
        assertThat(findings.changes())
                .extracting(Findings.Changed::language)
                .containsExactly("Indonesian", "Indonesian", "Minangkabau", "Minangkabau");
        assertThat(asked).noneMatch(f -> f.contains("javanese")).hasSize(6);
    }
}
