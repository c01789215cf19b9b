package sirkuit.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.MadeRun;
import sirkuit.app.runs.table.RunResultWords;
import sirkuit.app.tune.TuneModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.figure.TradeOff;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunGroup;
import sirkuit.run.RunKind;
import sirkuit.run.state.RunState;

/// Runs of two targets in one project: what table and plots show of them.
class RunTargetsModelTest {
    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final Threads threads = new Threads(Runnable::run, Runnable::run);
    private final WindowEngine session = new WindowEngine(s -> engine, notices);
    private ProjectFile.Language minangkabau;
    private ProjectFile.Language javanese;
    private ProjectFile.Language indonesian;
    private Project project;

    @BeforeEach
    void make() {
        Path data = folder.resolve("data");
        minangkabau = MadeRun.language(data, "Minangkabau");
        javanese = MadeRun.language(data, "Javanese");
        indonesian = MadeRun.language(data, "Indonesian");
        project = Project.create(
                folder.resolve("project"),
                new ProjectFile(1, "p", "model", MadeRun.LABELS, indonesian, minangkabau, 16));
        made("1-top", MadeRun.TOP, minangkabau, 0.76, 0.86);
        made("2-full", null, minangkabau, 0.775, 0.66);
    }

    @AfterEach
    void close() {
        project.close();
    }

    private void made(String id, HeadMask mask, ProjectFile.Language target, double after, double sourceAfter) {
        RunConfig config = MadeRun.config(id, project.resolved().checkpoint(), mask, target, indonesian);
        MadeRun.write(project.run(id).folder(), config, after, sourceAfter, MadeRun.digests(config));
    }

    private RunsModel open() {
        RunsModel runs = new RunsModel(project, session, notices, threads);
        runs.load();
        return runs;
    }

    private static List<String> ids(List<RunModel> runs) {
        return runs.stream().map(RunModel::id).toList();
    }

    @Test
    void theTargetIsToldAsSoonAsItIsNotTheProjectsAlone() {
        RunsModel runs = open();
        assertThat(runs.showsTargets()).isFalse();
        choose(runs, javanese);
        assertThat(runs.showsTargets()).isTrue();
        assertThat(runs.runs()).extracting(r -> r.texts().target()).containsOnly("Minangkabau");
        choose(runs, minangkabau);
        assertThat(runs.showsTargets()).isFalse();
        // The same name for other files is another target as well.
        choose(runs, new ProjectFile.Language("Minangkabau", javanese.train(), javanese.test()));
        assertThat(runs.showsTargets()).isTrue();
        // And so are other texts of the source, but not another checkpoint.
        ProjectFile now = project.resolved();
        runs.file()
                .set(new ProjectFile(
                        1,
                        "p",
                        now.checkpoint(),
                        now.labels(),
                        new ProjectFile.Language("Indonesian", javanese.train(), javanese.test()),
                        minangkabau,
                        16));
        assertThat(runs.showsTargets()).isTrue();
        runs.file().set(new ProjectFile(1, "p", "/other", now.labels(), now.source(), minangkabau, 16));
        assertThat(runs.showsTargets()).isFalse();
    }

    @Test
    void aRunKeepsItsTargetWhateverBecomesOfTheProjectsTargets() {
        made("3-javanese", MadeRun.TOP, javanese, 0.6, 0.87);
        RunsModel runs = open();
        assertThat(runs.groups().get()).hasSize(2);
        for (ProjectFile now : List.of(
                project.resolved().adding(javanese),
                project.resolved().renaming("Minangkabau", "Minang"),
                project.resolved().removing("Minangkabau"))) {
            runs.file().set(now);
            assertThat(runs.runs())
                    .extracting(RunModel::target)
                    .containsExactly("Minangkabau", "Minangkabau", "Javanese");
            assertThat(runs.runs().getFirst().texts().digests().get("targetEval"))
                    .isEqualTo(minangkabau.test().digest(MadeRun.LABELS));
            assertThat(runs.showsTargets()).isTrue();
        }
    }

    @Test
    void runsOfAllTargetsOfTheProjectComeBeforeOthers() {
        ProjectFile.Language other = new ProjectFile.Language("Minangkabau", javanese.train(), javanese.test());
        made("0-other", MadeRun.TOP, other, 0.6, 0.87);
        made("3-javanese", MadeRun.TOP, javanese, 0.6, 0.87);
        RunsModel runs = open();
        runs.file().set(project.resolved().adding(javanese));
        assertThat(runs.groups().get())
                .extracting(g -> RunResultWords.words(g) + " " + ids(g.runs()))
                .containsExactly(
                        "Minangkabau [1-top, 2-full]",
                        "Javanese [3-javanese]",
                        "Minangkabau, other test texts [0-other]");
    }

    @Test
    void allTargetsAreShownBesideOneAnotherOnlyIfThereAreSeveral() {
        RunsModel runs = open();
        runs.allTargets().set(true);
        assertThat(runs.besideOneAnother().getValue()).isFalse();
        made("3-javanese", MadeRun.TOP, javanese, 0.6, 0.87);
        RunsModel more = open();
        assertThat(more.besideOneAnother().getValue()).isFalse();
        assertThat(more.plottedGroups())
                .containsExactly(
                        java.util.Objects.requireNonNull(more.compared().get()));
        more.allTargets().set(true);
        assertThat(more.besideOneAnother().getValue()).isTrue();
        assertThat(more.plottedGroups()).hasSize(2).isEqualTo(more.groups().get());
        // Each plot has its own limit.
        assertThat(PlottedRuns.words(more, 2)).isEmpty();
        assertThat(PlottedRuns.words(more, 1)).isEqualTo("2 of 3 runs");
        // A run that is selected is highlighted in its own plot.
        more.selected().set(more.runs().getFirst());
        assertThat(more.besideOneAnother().getValue()).isTrue();
    }

    @Test
    void theRunThatIsComparedChangesPlacesWithTheSelectedOne() {
        RunsModel runs = open();
        RunModel first = runs.runs().getFirst();
        RunModel second = runs.runs().getLast();
        runs.selected().set(first);
        runs.second().set(second);
        runs.selected().set(second);
        assertThat(runs.second().get()).isSameAs(first);
        runs.remove(first);
        assertThat(runs.second().get()).isNull();
    }

    @Test
    void aRunSaysWhatItTrainedAsValues() {
        RunsModel runs = open();
        RunModel top = runs.runs().getFirst();
        assertThat(top.strategy()).isEqualTo(RunKind.TOP);
        assertThat(top.heads()).isEqualTo(2);
        assertThat(top.seed()).isEqualTo(RunConfig.Settings.DEFAULT.seed());
        assertThat(top.rate()).isEqualTo(RunConfig.Settings.DEFAULT.learningRate());
        RunModel full = runs.runs().getLast();
        assertThat(full.strategy()).isEqualTo(RunKind.FULL);
        assertThat(full.heads()).isNull();
    }

    @Test
    void aDamagedRunIsToldOfAndADamagedLineHidesNothing() {
        MadeRun.damageLines(project.run("1-top"));
        MadeRun.damage(project.run("2-full"));
        made("3-full", null, minangkabau, 0.77, 0.67);
        RunsModel runs = open();
        assertThat(ids(runs.runs())).containsExactly("1-top", "3-full");
        assertThat(runs.runs().getFirst().status().get()).isEqualTo(RunState.Status.FINISHED);
        assertThat(runs.runs().getFirst().evaluations()).hasSize(2);
        assertThat(notices.open()).singleElement().asString().contains("2-full");
    }

    private void choose(RunsModel runs, ProjectFile.Language target) {
        runs.file().set(project.resolved().withTarget(target));
    }

    @Test
    void groupsOfTheProjectAsItIsNowComeFirstAndGiveTheOthersTheirNames() {
        ProjectFile.Language other = new ProjectFile.Language("Minangkabau", javanese.train(), javanese.test());
        made("3-top", MadeRun.TOP, other, 0.6, 0.87);
        RunsModel runs = open();
        assertThat(runs.groups().get())
                .extracting(g -> RunResultWords.words(g) + " " + ids(g.runs()))
                .containsExactly("Minangkabau [1-top, 2-full]", "Minangkabau, other test texts [3-top]");
        choose(runs, other);
        assertThat(runs.groups().get())
                .extracting(g -> RunResultWords.words(g) + " " + ids(g.runs()))
                .containsExactly("Minangkabau [3-top]", "Minangkabau, other test texts [1-top, 2-full]");
    }

    /// The oldest run of the group measured no source.
    @Test
    void theSourceOfAGroupIsThatOfTheRunsThatHaveOne() {
        RunConfig config =
                MadeRun.config("0-none", project.resolved().checkpoint(), MadeRun.TOP, minangkabau, indonesian);
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
        RunsModel runs = open();
        RunGroup<RunModel> shown = Objects.requireNonNull(runs.compared().get());
        assertThat(ids(shown.runs())).containsExactly("0-none", "1-top", "2-full");
        assertThat(shown.texts().source()).isNull();
        assertThat(shown.source(RunModel::texts)).isEqualTo("Indonesian");
    }

    @Test
    void thePlotsShowRunsThatCanBeComparedWithTheSelectedOne() {
        made("3-top", MadeRun.TOP, javanese, 0.6, 0.87);
        RunsModel runs = open();
        assertThat(runs.groups().get()).extracting(RunResultWords::words).containsExactly("Minangkabau", "Javanese");
        assertThat(ids(runs.comparedRuns())).as("those of the latest run").containsExactly("3-top");
        runs.selected().set(runs.runs().getFirst());
        assertThat(ids(runs.comparedRuns())).containsExactly("1-top", "2-full");
        runs.compare(runs.groups().get().getLast());
        assertThat(Objects.requireNonNull(runs.selected().get()).id()).isEqualTo("3-top");
        assertThat(ids(runs.comparedRuns())).containsExactly("3-top");
        // Those on show leave the selection as it is.
        runs.selected().set(runs.runs().getFirst());
        runs.compare(Objects.requireNonNull(runs.compared().get()));
        assertThat(Objects.requireNonNull(runs.selected().get()).id()).isEqualTo("1-top");
    }

    @Test
    void noRunOfAnotherTargetIsOnTheFrontOfTheTradeOff() {
        made("3-javanese", MadeRun.TOP, javanese, 0.95, 0.875); // would beat all
        RunsModel runs = open();
        runs.selected().set(runs.runs().getFirst());
        List<TradeOff<RunModel>> points = runs.comparedRuns().stream()
                .map(run -> TradeOff.of(run, run.state()))
                .map(Objects::requireNonNull)
                .toList();
        assertThat(TradeOff.front(points)).extracting(t -> t.run().id()).containsExactly("1-top", "2-full");
    }

    @Test
    void theSameTargetOnOtherTextsIsAnotherGroupAndSaysSo() throws Exception {
        Files.writeString(Path.of(minangkabau.test().file()), "text,label\nanother,negative\nand another,positive\n");
        made("3-top", MadeRun.TOP, minangkabau, 0.9, 0.8);
        RunsModel runs = open();
        assertThat(runs.groups().get())
                .extracting(RunResultWords::words)
                .containsExactly("Minangkabau", "Minangkabau, other test texts");
        assertThat(runs.showsTargets()).isTrue();
    }

    @Test
    void aLiveRunIsOfItsOwnTargetFromItsBeginning() {
        RunsModel runs = open();
        RunConfig config = MadeRun.config("live", project.resolved().checkpoint(), MadeRun.TOP, javanese, indonesian);
        runs.start(config);
        RunModel live = runs.runs().getLast();
        assertThat(ids(runs.comparedRuns())).containsExactly(live.id());
        assertThat(runs.groups().get()).hasSize(2);
        Map<String, String> digests = MadeRun.digests(config);
        engine.last(Request.Tune.class)
                .answer(new Event.Started("live", 20, 1, 1, 1, 6, "c0ffee", "Javanese", "Indonesian", digests));
        assertThat(live.texts().digests()).containsAllEntriesOf(digests).containsEntry("checkpoint", "c0ffee");
        assertThat(((Request.Tune) engine.last(Request.Tune.class).request())
                        .config()
                        .target())
                .isEqualTo("Javanese");
    }

    @Test
    void theNextRunIsCalledAsTheProjectIsWhenItStarts() {
        Event.Inspected checkpoint = new Event.Inspected(
                "model",
                "bert",
                "Bert",
                new Event.Inspected.Shape(2, 4, 16, 4),
                new Event.Inspected.Counts(1000, 10, 5),
                List.of("a", "b"),
                64,
                100,
                "F32");
        RunConfig config = new TuneModel().config(MadeRun.TOP, checkpoint, project.resolved(), "next");
        assertThat(config.target()).isEqualTo("Minangkabau");
        assertThat(config.source()).isEqualTo("Indonesian");
    }

    @Test
    void runsOfOlderVersionsAreCalledAfterTheirFilesWhateverIsChosenNow() {
        RunConfig old = MadeRun.config("0-old", project.resolved().checkpoint(), MadeRun.TOP, minangkabau, indonesian)
                .named(null, null);
        MadeRun.write(project.run("0-old").folder(), old, 0.7, 0.8, Map.of());
        project.update(project.resolved().withTarget(javanese));
        RunsModel runs = open();
        assertThat(runs.runs().getFirst().texts().target()).isEqualTo("minangkabau");
        assertThat(runs.runs().getFirst().texts().told()).isFalse();
        assertThat(runs.groups().get()).hasSize(1);
    }
}
