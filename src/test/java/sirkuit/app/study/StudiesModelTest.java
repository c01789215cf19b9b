package sirkuit.app.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.app.runs.RunActions;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.tune.TuneModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.ProjectFile;
import sirkuit.run.RunLabel;
import sirkuit.study.Study;
import sirkuit.study.StudyPlan;
import sirkuit.study.StudyStrategy;
import sirkuit.study.StudyTable;

/// Studies and what is done with runs, on a real project folder; the test answers in the engine's place.
class StudiesModelTest {
    private static final Event.Inspected CHECKPOINT = new Event.Inspected(
            "checkpoint",
            "bert",
            "Bert",
            new Event.Inspected.Shape(2, 4, 16, 4),
            new Event.Inspected.Counts(1000, 10, 5),
            List.of("a", "b"),
            64,
            100,
            "F32");

    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final Threads threads = new Threads(Runnable::run, Runnable::run);
    private final WindowEngine session = new WindowEngine(s -> engine, notices);
    private Project project;
    private RunsModel runs;
    private StudiesModel studies;

    @BeforeEach
    void make() {
        ProjectFile.Language language =
                new ProjectFile.Language("Minangkabau", new DataFile("train.csv"), new DataFile("test.csv"));
        project = Project.create(
                folder.resolve("project"), new ProjectFile(1, "p", "checkpoint", null, language, language, 16));
        open();
    }

    private void open() {
        runs = new RunsModel(project, session, notices, threads);
        TuneModel tune = new TuneModel();
        studies = new StudiesModel(
                project,
                runs,
                notices,
                threads,
                () -> new StudyForm.Basis(project.resolved(), CHECKPOINT, HeadMask.all(2, 4), null, tune));
        runs.load();
        studies.load();
        studies.form().name().set("grid");
        studies.form().sizes().set("2");
        studies.form().seeds().set("0, 1");
        choose("top", false);
    }

    private void choose(String strategy, boolean on) {
        java.util.Objects.requireNonNull(studies.form().strategies().get(strategy))
                .set(on);
    }

    @AfterEach
    void close() {
        project.close();
    }

    private void threeTargets() {
        for (String name : List.of("Javanese", "Acehnese")) {
            project.update(project.resolved()
                    .adding(new ProjectFile.Language(
                            name, new DataFile(name + "/train.csv"), new DataFile(name + "/test.csv"))));
        }
    }

    @Test
    void aStudyLearnsTheTargetsThatAreChosenOfTheProject() {
        threeTargets();
        assertThat(studies.targets()).containsExactly("Minangkabau", "Javanese", "Acehnese");
        assertThat(targets()).as("the one to learn now").containsExactly("Acehnese");
        studies.learn("Minangkabau", true);
        assertThat(targets()).containsExactly("Minangkabau", "Acehnese");
        assertThat(studies.forecast().targets()).isEqualTo("Minangkabau, Acehnese");
        assertThat(studies.forecast().words()).startsWith("2 targets, 2 strategies, 2 seeds: 8 runs");
        studies.learn("Acehnese", false);
        assertThat(targets()).containsExactly("Minangkabau");
        studies.learn("Minangkabau", false);
        assertThat(targets()).as("one is always learned").containsExactly("Minangkabau");
        studies.learn("Javanese", true);
        studies.start();
        assertThat(engine.asked()).as("2 targets, 2 strategies, 2 seeds").hasSize(8);
        assertThat(runs.runs()).extracting(RunModel::target).containsOnly("Minangkabau", "Javanese");
        assertThat(runs.groups().get()).hasSize(2);
        assertThat(studies.table(studies.studies().getFirst()).rows()).isEmpty();
    }

    @Test
    void severalLearningRatesAreAskedOfAllStrategiesWithTheFirstSeedFirst() {
        studies.form().severalRates().set(true);
        assertThat(studies.forecast().words()).contains("16 runs", "several learning rates");
        studies.start();
        assertThat(engine.asked()).as("2 strategies at 4 rates").hasSize(8);
        assertThat(runs.runs())
                .extracting(r -> r.config().settings().seed())
                .as("the others follow when these have ended")
                .containsOnly(0L);
        assertThat(runs.runs())
                .extracting(r -> r.config().settings().learningRate())
                .containsAll(Defaults.FULL_RATES)
                .containsAll(Defaults.MASKED_RATES);
        assertThat(runs.runs()).allMatch(r -> r.config().hasValid());
    }

    @Test
    void aTargetThatHasLeftTheProjectIsNotLearned() {
        threeTargets();
        studies.learn("Javanese", true);
        project.update(project.resolved().removing("Javanese").removing("Acehnese"));
        assertThat(targets()).containsExactly("Minangkabau");
    }

    private List<String> targets() {
        return java.util.Objects.requireNonNull(studies.planned().plan()).targets().stream()
                .map(StudyPlan.Target::name)
                .toList();
    }

    @Test
    void everyStrategyIsQueuedWithEverySeedAndComesToATable() throws Exception {
        studies.start();
        Study study = studies.studies().getFirst();
        assertThat(engine.asked()).hasSize(4).allMatch(a -> a.request() instanceof Request.Tune);
        assertThat(StudyPlan.in(project.folder().resolve("studies/grid"))).isTrue();
        double[] accuracies = {0.8, 0.6, 0.9, 0.7};
        for (int i = 0; i < 4; i++) {
            engine.asked()
                    .get(i)
                    .answer(
                            evaluated(0, 0.5, 0.9),
                            evaluated(10, accuracies[i], 0.8),
                            new Event.Written("adapted", 10, quality(accuracies[i]), quality(0.8)),
                            new Event.Finished(1));
            assertThat(studies.finished(study)).isEqualTo(i + 1);
        }
        StudyTable table = studies.table(study);
        assertThat(table.rows()).extracting(StudyTable.Row::strategy).containsExactly("full", "random-2");
        assertThat(table.rows().getFirst().target().mean()).isCloseTo(85, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(table.rows().getFirst().target().runs()).isEqualTo(2);
        assertThat(project.folder().resolve("studies/grid/table.md")).content().contains("85.0 ± 7.1");
        assertThat(Files.readAllLines(project.folder().resolve("studies/grid/runs.csv")))
                .hasSize(5);
    }

    /// A study of the command line. The rate 8e-4 diverges; 4e-4 is the best, then 2e-4.
    @Test
    void aStudyWithSeveralRatesQueuesWhatHalvingWantsNext() {
        StudyPlan made = java.util.Objects.requireNonNull(studies.planned().plan());
        StudyPlan plan = new StudyPlan(
                StudyPlan.VERSION,
                "fair",
                made.checkpoint(),
                null,
                null,
                made.sourceEval(),
                made.watched(),
                new StudyPlan.Grid(
                        made.targets(),
                        List.of(StudyStrategy.full(1e-4).at(List.of(1e-4, 2e-4, 4e-4, 8e-4))),
                        List.of(0L, 1L),
                        true),
                made.settings(),
                made.course());
        Study.begin(project.newStudy("fair"), plan);
        studies.load();
        Study study = studies.studies().getFirst();
        studies.goOn(study);
        assertThat(rates()).containsExactly(1e-4, 2e-4, 4e-4, 8e-4);
        for (int i = 0; i < 4; i++) {
            answer(i);
        }
        assertThat(rates()).as("the better half with the second seed").endsWith(8e-4, 2e-4, 4e-4);
        answer(4);
        answer(5);
        assertThat(rates()).as("4e-4 has all seeds, and its neighbours too").hasSize(6);
        assertThat(studies.complete(study)).isTrue();
        assertThat(project.folder().resolve("studies/fair/table.md"))
                .content()
                .contains("| Minangkabau | full | 8e-4 | 0 | 1 |", "| Minangkabau | full | 4e-4 |");
        assertThat(studies.of(study)).extracting(r -> String.valueOf(r.place())).hasSize(6);
        RunModel run = studies.of(study).getFirst();
        runs.folder(run).writeConfig(run.config());
        RunActions actions = new RunActions(project, runs, session, notices, threads, f -> {}, c -> {});
        actions.trash(run);
        assertThat(studies.of(study)).hasSize(5);
        assertThat(actions.trash()).hasSize(1);
        java.util.Objects.requireNonNull(notices.open().getLast().back()).run();
        assertThat(studies.of(study)).hasSize(6).extracting(RunModel::id).contains(run.id());
    }

    private List<Double> rates() {
        return engine.asked().stream()
                .map(a -> ((Request.Tune) a.request()).config().settings().learningRate())
                .toList();
    }

    private void answer(int run) {
        double rate = rates().get(run);
        NoEngine.Asked asked = engine.asked().get(run);
        if (rate == 8e-4) {
            asked.answer(Event.Failed.of(Problem.work("tuning.diverged", "loss", Double.NaN, 3), null));
        } else {
            Quality valid = quality(0.5 + 100 * rate);
            asked.answer(
                    new Event.Evaluated(0, 0, quality(0.5), quality(0.9), java.util.Map.of(), null, quality(0.5)),
                    new Event.Written("adapted", 10, valid, quality(0.8), java.util.Map.of(), valid),
                    new Event.Finished(1));
        }
    }

    @Test
    void aPausedStudyGoesOnAfterTheProjectIsOpenedAgain() {
        studies.start();
        engine.asked().forEach(a -> a.answer(new Event.Cancelled()));
        open();
        Study study = studies.studies().getFirst();
        assertThat(studies.of(study)).hasSize(4).noneMatch(RunModel::active);
        studies.goOn(study);
        assertThat(engine.asked()).hasSize(8);
        assertThat(engine.asked().getLast().request()).isInstanceOf(Request.Resume.class);
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingIsQueued() {
        choose("near", true);
        assertThat(studies.planned().why()).contains("Score the heads first");
        assertThat(studies.forecast().targets()).as("it is known all the same").isEqualTo("Minangkabau");
        choose("near", false);
        studies.form().seeds().set("0, x");
        assertThat(studies.planned().why()).startsWith("x is not a valid number");
        studies.form().seeds().set("0");
        studies.form().sizes().set("9");
        assertThat(studies.planned().why()).contains("the model has 8 heads");
        studies.start();
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void theFormSaysWhatTheStudyWillBeAndHowLongItTakes() {
        assertThat(studies.forecast().targets()).isEqualTo("Minangkabau");
        assertThat(studies.forecast().scores()).startsWith("None yet");
        assertThat(studies.forecast().selected()).startsWith("8 of 8");
        assertThat(studies.forecast().words()).contains("2 strategies, 2 seeds: 4 runs", "not known before");
        studies.start();
        engine.asked()
                .forEach(a -> a.answer(
                        new Event.Started("run", 10, 2, 10, 100, 50),
                        new Event.Stepped(10, 2, 1, 1e-3, 1, 500),
                        evaluated(0, 0.5, 0.9),
                        evaluated(10, 0.6, 0.8),
                        new Event.Finished(120)));
        // Four runs as the ones before, of two epochs in two minutes, now with the form's epochs.
        assertThat(studies.forecast().words()).contains("4 runs", "In all about");
        choose("random", false);
        choose("full", false);
        assertThat(studies.forecast().possible()).isFalse();
    }

    @Test
    void aNameAndAPinStayAndADeletedRunComesBack() {
        RunActions actions = new RunActions(project, runs, session, notices, threads, f -> {}, c -> {});
        StudyPlan plan = java.util.Objects.requireNonNull(studies.planned().plan());
        runs.start(plan.cells(folder).getFirst().config());
        RunModel run = runs.runs().getFirst();
        actions.trash(run);
        assertThat(runs.runs()).containsExactly(run); // it is going on
        engine.asked().getFirst().answer(new Event.Cancelled());
        actions.rename(run, "  Best ");
        actions.pin(run);
        assertThat(project.runs().getFirst().label()).isEqualTo(new RunLabel("Best", true));
        assertThat(project.runs().getFirst().config().name()).isNotEqualTo("Best");
        actions.trash(run);
        assertThat(project.runs()).isEmpty();
        assertThat(actions.trash()).containsExactly(new RunActions.Trashed(run.id(), "Best"));
        actions.restore(run.id());
        assertThat(runs.runs()).hasSize(1);
        assertThat(runs.runs().getFirst().name()).isEqualTo("Best");
        assertThat(actions.trash()).isEmpty();
    }

    @Test
    void aRunWhoseModelIsInUseIsNotDeletedAndTheOriginalIsKnown() throws Exception {
        RunActions actions = new RunActions(project, runs, session, notices, threads, f -> {}, c -> {});
        runs.start(java.util.Objects.requireNonNull(studies.planned().plan())
                .cells(folder)
                .getFirst()
                .config());
        engine.asked().getFirst().answer(new Event.Finished(1));
        RunModel run = runs.runs().getFirst();
        Path original = Path.of(project.resolved().checkpoint());
        Files.createDirectories(original);
        Files.createDirectories(runs.folder(run).adapted());
        actions.adopt(run);
        assertThat(project.resolved().checkpoint()).endsWith("adapted");
        assertThat(project.file().checkpoint()).isEqualTo("runs/" + run.id() + "/adapted");
        assertThat(actions.original().get()).isEqualTo(original);
        actions.trash(run);
        assertThat(notices.open().getLast().what()).contains("made the checkpoint that this project uses");
        assertThat(runs.runs()).containsExactly(run);
        actions.back();
        assertThat(project.resolved().checkpoint()).isEqualTo(original.toString());
        assertThat(actions.original().get()).isNull();
    }

    @Test
    void anotherFileBrowserForEachSystem() {
        assertThat(RunActions.opener("Linux")).isEqualTo("xdg-open");
        assertThat(RunActions.opener("Mac OS X")).isEqualTo("open");
        assertThat(RunActions.opener("Windows 11")).isEqualTo("explorer");
    }

    @Test
    void aDamagedLabelCostsNoRun() throws Exception {
        runs.start(java.util.Objects.requireNonNull(studies.planned().plan())
                .cells(folder)
                .getFirst()
                .config());
        Files.writeString(project.runs().getFirst().folder().resolve("label.json"), "{\"name\": ");
        assertThat(project.runs().getFirst().label()).isEqualTo(RunLabel.NONE);
    }

    private static Event evaluated(int step, double target, double source) {
        return new Event.Evaluated(step, 0, quality(target), quality(source));
    }

    private static Quality quality(double accuracy) {
        return new Quality(10, accuracy, accuracy, 1, new int[][] {{1, 0}, {0, 1}});
    }

    @Test
    void oneRunOfAStudyIsDeletedAndComesBackInItsColour() {
        RunActions actions = new RunActions(project, runs, session, notices, threads, f -> {}, c -> {});
        studies.start();
        engine.asked().forEach(a -> a.answer(new Event.Cancelled()));
        Study study = studies.studies().getFirst();
        RunModel run = studies.of(study).get(2);
        Path place = runs.folder(run).folder();
        actions.trash(run);
        assertThat(studies.of(study)).hasSize(3).doesNotContain(run);
        assertThat(place).doesNotExist();
        assertThat(actions.trash()).hasSize(1);
        java.util.Objects.requireNonNull(notices.open().getLast().back()).run();
        assertThat(place).exists();
        assertThat(actions.trash()).isEmpty();
        assertThat(studies.of(study)).hasSize(4);
        RunModel back = runs.runs().stream()
                .filter(r -> r.id().equals(run.id()))
                .findFirst()
                .orElseThrow();
        assertThat(back.number()).isEqualTo(run.number());
    }

    @Test
    void aDeletedRunOfAStudyIsRunAgainWhenTheStudyGoesOn() {
        RunActions actions = new RunActions(project, runs, session, notices, threads, f -> {}, c -> {});
        studies.start();
        engine.asked().forEach(a -> a.answer(new Event.Finished(1)));
        Study study = studies.studies().getFirst();
        RunModel run = studies.of(study).getFirst();
        actions.trash(run);
        studies.goOn(study);
        assertThat(engine.asked()).hasSize(5);
        assertThat(studies.of(study)).hasSize(4);
    }

    @Test
    void anExportIsAskedOfTheEngineToldAndCancelled() {
        RunActions actions = new RunActions(project, runs, session, notices, threads, f -> {}, c -> {});
        runs.start(java.util.Objects.requireNonNull(studies.planned().plan())
                .cells(folder)
                .getFirst()
                .config());
        engine.asked().getFirst().answer(new Event.Finished(1));
        RunModel run = runs.runs().getFirst();
        Path place = folder.resolve("given");
        actions.export(run, place, Request.Export.Form.ROUNDED);
        NoEngine.Asked asked = engine.last(Request.Export.class);
        assertThat(asked.request())
                .isEqualTo(new Request.Export(
                        runs.folder(run).folder().toString(),
                        place.toString(),
                        Request.Export.Form.ROUNDED,
                        null,
                        false));
        assertThat(actions.exporting().get()).isTrue();
        asked.answer(new Event.Exported(place.toString(), "abc", 1, 2, 3L), new Event.Finished(1));
        assertThat(actions.exporting().get()).isFalse();
        assertThat(notices.open().getLast().remedy()).contains(place.toString());
        actions.export(run, place, Request.Export.Form.WHOLE);
        session.cancelAll(); // as when another project is opened
        assertThat(engine.cancels()).isZero();
        actions.cancelExport();
        assertThat(engine.cancels()).isOne();
        engine.last(Request.Export.class).answer(new Event.Cancelled());
        assertThat(actions.exporting().get()).isFalse();
        actions.export(run, place, Request.Export.Form.WHOLE);
        session.close();
        assertThat(engine.detached()).as("the engine finishes an export").isTrue();
    }
}
