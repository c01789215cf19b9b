package sirkuit.app.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.run.RunFolder;
import sirkuit.run.state.RunState;
import sirkuit.study.Diverged;
import sirkuit.study.FairStudy;
import sirkuit.study.Study;
import sirkuit.study.StudyFiles;
import sirkuit.study.StudyPlan;
import sirkuit.study.StudyResults;
import sirkuit.study.StudyTable;

/// The studies of a project. Their folders are those of `sirkuit study`, so the window and the command line can resume
/// each other's studies.
public final class StudiesModel {
    private final Project project;
    private final RunsModel runs;
    private final Notices notices;
    private final Threads threads;
    private final Supplier<StudyForm.@Nullable Basis> basis;
    private final StudyForm form = new StudyForm();
    private Function<DataFile, Event.@Nullable Described> texts = file -> null;
    private final ObservableList<Study> studies = FXCollections.observableArrayList();
    private final Set<Study> going = new HashSet<>();

    /// @param basis the open project's settings; null while the checkpoint is not known
    public StudiesModel(
            Project project,
            RunsModel runs,
            Notices notices,
            Threads threads,
            Supplier<StudyForm.@Nullable Basis> basis) {
        this.project = project;
        this.runs = runs;
        this.notices = notices;
        this.threads = threads;
        this.basis = basis;
        runs.runs().addListener((ListChangeListener<RunModel>) change -> {
            while (change.next()) {
                if (change.wasUpdated()) {
                    concluded(change.getList().subList(change.getFrom(), change.getTo()));
                }
            }
        });
    }

    /// Reads the project's studies.
    public void load() {
        threads.fetch(this::read, studies::setAll, notices::tell);
    }

    public StudyForm form() {
        return form;
    }

    public ObservableList<Study> studies() {
        return studies;
    }

    RunsModel runs() {
        return runs;
    }

    /// The names of the project's targets.
    List<String> targets() {
        StudyForm.Basis now = basis.get();
        return now == null
                ? List.of()
                : now.file().allTargets().stream()
                        .map(ProjectFile.Language::name)
                        .toList();
    }

    /// The names of the targets that the study is to learn.
    List<String> learned() {
        StudyForm.Basis now = basis.get();
        return now == null
                ? List.of()
                : StudyForm.targets(now.file(), form.targets().get()).stream()
                        .map(ProjectFile.Language::name)
                        .toList();
    }

    /// Whether the study is to learn this target.
    boolean learns(String target) {
        return learned().contains(target);
    }

    /// Adds a target to the study, or leaves it out. One is always learned.
    void learn(String target, boolean on) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : targets()) {
            if (name.equals(target) ? on : learns(name)) {
                names.add(name);
            }
        }
        if (!names.isEmpty()) {
            form.targets().set(names);
        }
    }

    /// The plan that the form describes, or why there is none.
    Planned planned() {
        StudyForm.Basis now = basis.get();
        if (now == null) {
            return new Planned(null, sirkuit.app.look.Words.of("runs.study.noCheckpoint"));
        }
        try {
            return new Planned(form.plan(now), "");
        } catch (Problem problem) {
            return new Planned(null, problem.what());
        }
    }

    /// @param plan null when there is none
    /// @param why  the reason, if there is no plan
    record Planned(@Nullable StudyPlan plan, String why) {}

    /// Sets from where the number of training texts is known.
    ///
    /// @param known the texts of a file; null while the engine has not read them
    public void textsBy(Function<DataFile, Event.@Nullable Described> known) {
        texts = known;
    }

    /// What the study that the form describes will be.
    StudyForecast forecast() {
        Planned now = planned();
        return StudyForecast.of(now.plan(), now.why(), learned(), basis.get(), runs.runs(), texts);
    }

    /// Begins a study: writes its plan and queues all of its runs.
    void start() {
        StudyPlan plan = planned().plan();
        if (plan == null) {
            return;
        }
        threads.fetch(
                () -> {
                    Path folder = project.newStudy(plan.name());
                    Study study = Study.begin(folder, plan);
                    for (StudyPlan.Cell cell : StudyResults.of(study, List.of()).next()) {
                        new RunFolder(cell.folder()).writeConfig(cell.config());
                    }
                    return study;
                },
                study -> {
                    studies.add(study);
                    goOn(study);
                },
                notices::tell);
    }

    /// Queues the runs that are to be made next.
    void goOn(Study study) {
        if (!project.readOnly()) {
            threads.fetch(
                    () -> {
                        StudyFiles.requireSame(study);
                        return study;
                    },
                    this::queue,
                    notices::tell);
        }
    }

    private void queue(Study study) {
        going.add(study);
        for (StudyPlan.Cell cell : results(study).next()) {
            String id = RunsModel.id(study.folder(), cell);
            RunModel known = runs.runs().stream()
                    .filter(r -> r.id().equals(id))
                    .findFirst()
                    .orElse(null);
            if (known == null) {
                runs.queue(id, new RunFolder(cell.folder()), cell.config());
            } else {
                runs.again(known);
            }
        }
    }

    /// Pauses its current run and removes the others from the queue.
    void pause(Study study) {
        going.remove(study);
        of(study).stream().filter(RunModel::active).toList().reversed().forEach(runs::pause);
    }

    /// The known runs of a study.
    List<RunModel> of(Study study) {
        return runs.runs().stream().filter(r -> study.name().equals(r.study())).toList();
    }

    int finished(Study study) {
        return (int) of(study).stream()
                .filter(r -> r.status().get() == RunState.Status.FINISHED)
                .count();
    }

    /// Whether no more runs are to be made.
    boolean complete(Study study) {
        return results(study).next().isEmpty();
    }

    /// Means and standard deviations of the finished runs.
    StudyTable table(Study study) {
        return results(study).table();
    }

    /// The strategies at equal gain and at equal forgetting. It draws a bootstrap, so it is for a study that is
    /// complete.
    FairStudy fair(Study study) {
        return results(study).fair(null);
    }

    private StudyResults results(Study study) {
        List<StudyResults.Run> found = new ArrayList<>();
        for (StudyPlan.Cell cell : study.cells()) {
            String id = RunsModel.id(study.folder(), cell);
            runs.runs().stream()
                    .filter(r -> r.id().equals(id))
                    .forEach(r -> found.add(new StudyResults.Run(cell, r.state(), r.texts())));
        }
        return StudyResults.of(study, found);
    }

    /// Writes the table of a study after its last run, as the command line does. With halving, the runs that have ended
    /// say which ones come next.
    private void concluded(List<? extends RunModel> changed) {
        for (Study study : studies) {
            boolean touched = changed.stream()
                    .anyMatch(r -> study.name().equals(r.study())
                            && (r.status().get() == RunState.Status.FINISHED || Diverged.is(r.state())));
            if (touched && !project.readOnly()) {
                concluded(study, results(study));
            }
        }
    }

    private void concluded(Study study, StudyResults results) {
        if (results.next().isEmpty()) {
            going.remove(study);
            threads.write(() -> results.write(null), notices::tell);
        } else if (study.plan().halving()
                && going.contains(study)
                && of(study).stream().noneMatch(RunModel::active)) {
            queue(study);
        }
    }

    private List<Study> read() {
        List<Study> found = new ArrayList<>();
        for (Path folder : project.studies()) {
            try {
                found.add(Study.open(folder));
            } catch (Problem damaged) {
                // reported by the code that reads its runs
                continue;
            }
        }
        return found;
    }
}
