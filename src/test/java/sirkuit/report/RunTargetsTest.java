package sirkuit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.MadeRun;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.run.ModelCard;
import sirkuit.run.RunFolder;
import sirkuit.run.state.Outcomes;
import sirkuit.run.state.RunState;

/// A project whose runs learnt Minangkabau and whose target is Javanese by now: what they came to stays theirs.
class RunTargetsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

    private static final String OTHER_TEXTS = "text,label\nanother,negative\nand another,positive\n";

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
        return Report.of(ReportSubject.of(project, null), Findings.NONE, DAY);
    }

    @Test
    void choosingOtherTargetTextsRewritesNoHistory() {
        String claim =
                "Training only these heads brings Minangkabau from 51.8 % to 76.0 % and forgets 1.5 points of Indonesian.";
        assertThat(page()).contains(claim).doesNotContain("Javanese");
        choose(javanese);
        assertThat(page())
                .contains(claim)
                .contains("Training everything brings Minangkabau from 51.8 % to 77.5 %")
                .contains("No run has learned Javanese yet.")
                .contains("current target", "learned by runs 1, 2", "Minangkabau: minangkabau/train.csv to learn from")
                .contains("Accuracy by step: Minangkabau full, Indonesian dashed")
                .contains("--target Minangkabau", "--source Indonesian")
                .contains(
                        "run 1-top: learned Minangkabau",
                        ", target test texts " + minangkabau.test().digest(MadeRun.LABELS))
                .doesNotContain("brings Javanese");
        RunFolder top = project.run("1-top");
        RunState state = RunState.of(top);
        String card = new ModelCard(top.config(), Outcomes.of(top, state), "1", "2", "3", false).text();
        assertThat(card)
                .contains("Learned: Minangkabau; source: Indonesian.\n")
                .contains(
                        "| target: Minangkabau | after | 400 | 76.0 |",
                        "| targetEval | " + minangkabau.test().digest(MadeRun.LABELS))
                .doesNotContain("Javanese");
    }

    @Test
    void aDamagedRunIsLeftOutAndADamagedLineHidesNothing() {
        MadeRun.damageLines(project.run("1-top"));
        MadeRun.damage(project.run("2-full"));
        run("3-full", null, minangkabau, 0.77, 0.67);
        ReportSubject subject = ReportSubject.of(project, null);
        assertThat(subject.runs()).extracting(ReportSubject.Run::name).containsExactly("1-top", "3-full");
        assertThat(subject.damaged()).singleElement().asString().contains("2-full");
        assertThat(page())
                .contains("Training only these heads brings Minangkabau from 51.8 % to 76.0 %")
                .contains("Training everything brings Minangkabau from 51.8 % to 77.0 %")
                .contains("Left out because it cannot be read: ");
    }

    /// As the engine tells it when a run starts; the runs of this project have none.
    @Test
    void reportAndModelCardSayWhatComputedARun() throws IOException {
        assertThat(page()).contains("no record of what computed it");
        RunFolder top = project.run("1-top");
        RunState old = RunState.of(top);
        assertThat(new ModelCard(top.config(), Outcomes.of(top, old), "1", "2", "3", false).text())
                .contains("What computed the run is not known");
        Provenance from = new Provenance(
                "0.7",
                Map.of("checkpoint", new Provenance.Used("../model", "c0ffee", null)),
                new Provenance.Machine(
                        "cuda:0", "PyTorch 2.7.1 (DJL 0.36)", 6, "2.7.1", "Linux 6.1", "amd64", "25.0.1"),
                "2026-01-01T00:00:00Z");
        List<String> lines = new ArrayList<>(Files.readAllLines(top.eventsFile()));
        lines.add(1, Wire.line(1, new Event.MadeFrom(from), Instant.EPOCH));
        Files.write(top.eventsFile(), lines);
        String words =
                "Sirkuit 0.7, cuda:0, 6 threads, PyTorch 2.7.1 (DJL 0.36), libtorch 2.7.1, Linux 6.1, amd64, Java 25.0.1";
        assertThat(page()).contains("run 1-top: computed by " + words);
        RunState state = RunState.of(top);
        assertThat(state.provenance()).containsExactly(from);
        String card = new ModelCard(top.config(), Outcomes.of(top, state), "1", "2", "3", false).text();
        assertThat(card.replace("\\", "")).contains("The run was computed by " + words + ".");
    }

    @Test
    void runsOfTwoTargetsAreToldEachByItself() {
        choose(javanese);
        run("3-top", MadeRun.TOP, javanese, 0.6, 0.87);
        run("4-random", new MaskStrategy.RandomK(2, 1).draw(2, 4), javanese, 0.55, 0.87);
        ReportSubject subject = ReportSubject.of(project, null);
        String page = page();
        assertThat(page)
                .contains(
                        "These runs learned different targets or were tested on different texts (Javanese; Minangkabau). Each"
                                + " group is reported separately; do not compare figures between groups.")
                .contains("Training only these heads brings Javanese from 51.8 % to 60.0 %")
                .contains("Training the same number of random heads brings Javanese from 51.8 % to 55.0 %")
                .contains("Training only these heads brings Minangkabau from 51.8 % to 76.0 %")
                .contains("Training everything brings Minangkabau")
                .doesNotContain("Training everything brings Javanese")
                .doesNotContain("random heads brings Minangkabau");
        // Not the highest of all, which learnt something else.
        assertThat(subject.bestMasked())
                .isNotNull()
                .extracting(ReportSubject.Run::name)
                .isEqualTo("3-top");
        assertThat(subject.full()).isNull();
        assertThat(page.split("<svg", -1)).as("two figures for each target").hasSize(5);
        // In the trade-off of the one the runs of the other have no mark.
        String tradeOff = svgAfter(page, "What was gained on Javanese");
        assertThat(tradeOff).contains(">3</text>", ">4</text>").doesNotContain(">1</text>", ">2</text>");
        assertThat(svgAfter(page, "What was gained on Minangkabau")).contains(">1</text>", ">2</text>");
    }

    @Test
    void eachTargetOfTheProjectHasASectionWithItsOwnRuns() {
        project.update(project.resolved()
                .adding(javanese)
                .adding(new ProjectFile.Language("Acehnese", javanese.train(), javanese.test())));
        run("3-top", MadeRun.TOP, javanese, 0.6, 0.87);
        String page = page();
        String first = page.substring(page.indexOf("<h3>Javanese</h3>"), page.indexOf("<h3>Minangkabau</h3>"));
        String second = page.substring(page.indexOf("<h3>Minangkabau</h3>"), page.indexOf("<h2>Sentences"));
        assertThat(first)
                .contains("3-top<", "What was gained on Javanese")
                .doesNotContain("1-top<", "2-full<", "What was gained on Minangkabau");
        assertThat(second)
                .contains("1-top<", "2-full<", "What was gained on Minangkabau")
                .doesNotContain("3-top<", "What was gained on Javanese");
        assertThat(page)
                .contains("when only those are tuned on Minangkabau and Javanese and Acehnese?")
                .contains("No run has learned Acehnese yet.")
                .doesNotContain("No run has learned Javanese", "current target")
                .contains("--target Minangkabau", "--target Javanese");
    }

    @Test
    void sentencesAreComparedForEachTargetOfTheProject() throws Exception {
        Files.createDirectories(Path.of(model()));
        project.update(project.resolved().adding(javanese));
        run("3-top", MadeRun.TOP, javanese, 0.6, 0.87);
        assertThat(inquire().changes())
                .extracting(Findings.Changed::run)
                .containsOnly("3-top", "1-top", "2-full")
                .hasSize(6);
    }

    @Test
    void aProjectWithOneTargetHasNoSectionForIt() {
        assertThat(page()).doesNotContain("<h3>Minangkabau</h3>");
    }

    /// The figure whose caption this is.
    private static String svgAfter(String page, String caption) {
        int at = page.indexOf(caption);
        String svg = page.substring(page.lastIndexOf("<svg", at), at);
        return svg.replaceAll("<text [^>]*text-anchor=\"(middle|end)\">[^<]*</text>", ""); // numbers on the axes
    }

    /// The run of the texts that are there now is the plain one, although it is the youngest.
    @Test
    void theSameNameWithOtherTestTextsIsTold() throws Exception {
        Files.writeString(Path.of(minangkabau.test().file()), OTHER_TEXTS);
        run("3-top", MadeRun.TOP, minangkabau, 0.9, 0.8);
        assertThat(page())
                .contains("Minangkabau, other test texts")
                .contains("brings Minangkabau (other test texts) from 51.8 % to 76.0 %")
                .contains("brings Minangkabau from 51.8 % to 90.0 %")
                .contains("minangkabau/test.csv have changed since these runs read them: 1-top, 2-full.")
                .doesNotContain("No run");
    }

    @Test
    void runsFromAnotherCheckpointAreNotOfTheProjectAsItIs() {
        ProjectFile now = project.resolved();
        project.update(new ProjectFile(
                1, "Reviews", model() + "-2", now.labels(), now.source(), now.target(), now.maxLength()));
        assertThat(page())
                .contains("No run of Minangkabau has started from the project&#x27;s current checkpoint.")
                .contains("current target", "; from checkpoint project/model<");
    }

    @Test
    void runsWithOtherSourceTestTextsAreNotOfTheProjectAsItIs() {
        ProjectFile now = project.resolved();
        ProjectFile.Language source = new ProjectFile.Language("Indonesian", indonesian.train(), javanese.test());
        project.update(new ProjectFile(1, "Reviews", model(), now.labels(), source, now.target(), now.maxLength()));
        assertThat(page())
                .contains("No run of Minangkabau has been tested on the project&#x27;s current source test texts.");
    }

    @Test
    void textsThatHaveChangedInTheirPlaceAreNotThoseOfTheRuns() throws Exception {
        assertThat(page()).doesNotContain("No run of", "have changed since");
        Files.writeString(Path.of(minangkabau.test().file()), OTHER_TEXTS);
        assertThat(page())
                .contains("No run of Minangkabau has been tested on the project&#x27;s current test texts.")
                .contains("minangkabau/test.csv have changed since these runs read them: 1-top, 2-full.");
    }

    @Test
    void changedSourceTextsAreToldToo() throws Exception {
        Files.writeString(Path.of(indonesian.test().file()), OTHER_TEXTS);
        assertThat(page())
                .contains("No run of Minangkabau has been tested on the project&#x27;s current source test texts.")
                .contains("indonesian/test.csv have changed since these runs read them: 1-top, 2-full.");
    }

    @Test
    void allTrainingFilesOfAGroupAreNamed() {
        RunConfig config = MadeRun.config("3-few", model(), MadeRun.TOP, minangkabau, indonesian);
        DataFile few = indonesian.train();
        RunConfig other = config.at(Map.of("train", few.file()));
        MadeRun.write(project.run("3-few").folder(), other, 0.6, 0.87, MadeRun.digests(other));
        choose(javanese);
        assertThat(page()).contains("Minangkabau: minangkabau/train.csv, indonesian/train.csv to learn from");
    }

    /// The oldest run of the group measured no source.
    @Test
    void theSourceOfAGroupIsThatOfTheRunsThatHaveOne() {
        RunConfig config = MadeRun.config("0-none", model(), MadeRun.TOP, minangkabau, indonesian);
        RunConfig none = new RunConfig(
                        RunConfig.VERSION,
                        config.name(),
                        config.checkpoint(),
                        config.labels(),
                        new RunConfig.Parameters(config.what(), config.mask(), true, false),
                        new RunConfig.Data(config.train(), config.targetEval(), null),
                        config.settings())
                .named("Minangkabau", null);
        MadeRun.write(project.run("0-none").folder(), none, 0.6, 0.87, MadeRun.digests(none));
        assertThat(page())
                .contains("what was forgotten of Indonesian;", "Minangkabau full, Indonesian dashed")
                .doesNotContain("null");
    }

    @Test
    void figuresThatTheReportedTextsChoseAreMarkedWhereverTheyStand() {
        chosen("3-patient", 2, null);
        chosen("4-guarded", 0, 1.0);
        String page = page();
        String target = "Chosen on this file: patience kept";
        String source = "Chosen on this file: the limit on forgetting chose";
        assertThat(page)
                .contains("3-patient *<", "4-guarded **<")
                .contains("<p class=\"soft\">* " + target, "<p class=\"soft\">** " + source)
                .contains("Training only these heads brings Minangkabau from 51.8 % to 78.0 % and forgets 1.5 points of"
                        + " Indonesian. " + source)
                .contains("Upper left is best. Run 3: " + target, " Run 4: " + source)
                .doesNotContain("1-top *");
    }

    private void chosen(String id, int patience, Double maxForgetting) {
        RunConfig config = MadeRun.config(id, model(), MadeRun.TOP, minangkabau, indonesian);
        RunConfig.Settings s = config.settings();
        RunConfig.Course c = config.course();
        RunConfig chosen = new RunConfig(
                        RunConfig.VERSION,
                        id,
                        config.checkpoint(),
                        config.labels(),
                        config.prompt(),
                        new RunConfig.Parameters(config.what(), config.mask(), true, false),
                        new RunConfig.Data(config.train(), config.targetEval(), config.sourceEval()),
                        new RunConfig.Settings(
                                s.batches(),
                                s.optimizer(),
                                s.dropout(),
                                s.evaluateEvery(),
                                patience,
                                s.examples(),
                                s.maxLength(),
                                s.seed()),
                        new RunConfig.Course(
                                c.schedule(),
                                maxForgetting,
                                c.bucketed(),
                                c.saveSteps(),
                                c.saveSeconds(),
                                c.activationCheckpointing()))
                .named("Minangkabau", "Indonesian");
        double after = maxForgetting == null ? 0.77 : 0.78;
        MadeRun.write(project.run(id).folder(), chosen, after, 0.86, MadeRun.digests(chosen));
    }

    @Test
    void aRunOfAnOlderVersionIsCalledAfterItsFilesAndNotAsTheProjectHasItNow() {
        choose(javanese);
        RunConfig config = MadeRun.config("0-old", model(), MadeRun.TOP, minangkabau, indonesian)
                .named(null, null);
        MadeRun.write(project.run("0-old").folder(), config, 0.7, 0.8, Map.of());
        ReportSubject subject = ReportSubject.of(project, null);
        assertThat(subject.groups()).as("the same files under the same name").hasSize(1);
        assertThat(page())
                .contains(
                        "made by an older version that did not record their target; the names come from their files: 0-old.")
                .doesNotContain("brings Javanese");
    }

    private final List<Request.Predict> asked = new ArrayList<>();

    private Findings inquire() {
        return new Inquiry((request, heard) -> {
                    if (request instanceof Request.Predict p) {
                        asked.add(p);
                        boolean adapted = p.model().checkpoint().endsWith("adapted");
                        heard.accept(new Event.Predicted(
                                0,
                                1,
                                List.of("a", "b"),
                                List.of(new Event.Predicted.Row(
                                        "text", null, 1, null, adapted ? 1 : 0, new float[2]))));
                    }
                })
                .about(ReportSubject.of(project, null));
    }

    @Test
    void sentencesGainedAndLostAreThoseOfTheTextsThatTheRunWasMeasuredOn() throws Exception {
        Files.createDirectories(Path.of(model()));
        choose(javanese);
        assertThat(inquire().changes())
                .extracting(Findings.Changed::language)
                .containsExactly("Indonesian", "Indonesian", "Minangkabau", "Minangkabau");
        assertThat(asked).hasSize(6).extracting(p -> p.data().file()).noneMatch(f -> f.contains("javanese"));
    }

    @Test
    void sentencesAreReadAsTheRunReadThem() throws Exception {
        Files.createDirectories(Path.of(model()));
        ProjectFile now = project.resolved();
        project.update(new ProjectFile(1, "Reviews", model(), List.of("x", "y", "z"), now.source(), now.target(), 512));
        inquire();
        assertThat(asked)
                .hasSize(6)
                .extracting(Request.Predict::model)
                .allMatch(m -> MadeRun.LABELS.equals(m.labels()))
                .allMatch(m -> m.maxLength() == RunConfig.Settings.DEFAULT.maxLength());
    }

    @Test
    void sentencesOfTextsThatHaveChangedAreNotCompared() throws Exception {
        Files.createDirectories(Path.of(model()));
        Files.writeString(Path.of(minangkabau.test().file()), OTHER_TEXTS);
        Findings findings = inquire();
        assertThat(findings.changes()).extracting(Findings.Changed::language).containsOnly("Indonesian");
        assertThat(findings.uncompared())
                .extracting(Findings.Uncompared::why)
                .containsExactly("the texts have changed since", "the texts have changed since");
        assertThat(Report.of(ReportSubject.of(project, null), findings, DAY))
                .contains("Minangkabau, after 1-top", "Not compared: the texts have changed since.");
        Files.delete(Path.of(minangkabau.test().file()));
        assertThat(inquire().uncompared().getFirst().why())
                .isEqualTo("the texts are not any more where the run read them");
    }
}
