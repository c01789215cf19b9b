package sirkuit.app.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;
import sirkuit.run.RunLabel;

/// What can be done with a run besides training: rename, pin, delete, show its folder, export, and make its adapted
/// checkpoint the project's checkpoint.
public final class RunActions {
    private final Project project;
    private final RunsModel runs;
    private final WindowEngine engine;
    private final Notices notices;
    private final Threads threads;
    private final Consumer<ProjectFile> checkpointChanged;
    private final Consumer<RunConfig> duplicate;
    private final ObservableList<Trashed> trash = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable Path> original = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper exporting = new ReadOnlyBooleanWrapper();
    private @Nullable Job export;

    /// A run that was deleted.
    public record Trashed(String id, String name) {}

    /// @param checkpointChanged receives the project file with another checkpoint
    /// @param duplicate         copies the settings of a run to the next run
    public RunActions(
            Project project,
            RunsModel runs,
            WindowEngine engine,
            Notices notices,
            Threads threads,
            Consumer<ProjectFile> checkpointChanged,
            Consumer<RunConfig> duplicate) {
        this.project = project;
        this.runs = runs;
        this.engine = engine;
        this.notices = notices;
        this.threads = threads;
        this.checkpointChanged = checkpointChanged;
        this.duplicate = duplicate;
    }

    /// Lists the deleted runs, and finds the checkpoint that the project's checkpoint was adapted from.
    public void load() {
        threads.fetch(this::readTrash, trash::setAll, notices::tell);
        threads.fetch(this::readOriginal, original::set, notices::tell);
    }

    /// Deleted runs that can be restored, latest last.
    public ObservableList<Trashed> trash() {
        return trash;
    }

    /// The original checkpoint of the project; null while the project uses it.
    public ReadOnlyObjectProperty<@Nullable Path> original() {
        return original.getReadOnlyProperty();
    }

    /// Whether an export is in progress.
    public ReadOnlyBooleanProperty exporting() {
        return exporting.getReadOnlyProperty();
    }

    /// @param name blank for its first name
    public void rename(RunModel run, String name) {
        String told = name.strip();
        label(run, run.label().get().named(told.equals(run.config().name()) ? null : told));
    }

    /// Pins it, or unpins it.
    public void pin(RunModel run) {
        label(run, run.label().get().pinned(!run.label().get().pinned()));
    }

    private void label(RunModel run, RunLabel label) {
        if (project.readOnly() || label.equals(run.label().get())) {
            return;
        }
        RunLabel before = run.label().get();
        RunFolder folder = runs.folder(run);
        run.label(label);
        threads.write(() -> folder.writeLabel(label), problem -> {
            run.label(before);
            notices.tell(problem);
        });
    }

    /// Copies its settings to the next run.
    public void duplicate(RunModel run) {
        duplicate.accept(run.config());
    }

    /// Why a run cannot be deleted now; null if it can.
    @Nullable
    String keptBecause(RunModel run) {
        return run.active() ? Words.of("runs.kept.active") : null;
    }

    /// Moves a run to the project's trash.
    public void trash(RunModel run) {
        String kept = keptBecause(run);
        if (kept != null) {
            notices.warn(Words.of("runs.kept", run.name()), kept);
            return;
        }
        RunFolder folder = runs.folder(run);
        threads.fetch(
                () -> {
                    project.trash(folder);
                    return readTrash();
                },
                now -> {
                    runs.remove(run);
                    trash.setAll(now);
                    notices.inform(
                            Words.of("runs.trashed", run.name()),
                            Words.of("runs.trashed.back"),
                            () -> restore(project.trashId(folder)));
                },
                notices::tell);
    }

    /// Stops a run and moves it to the project's trash.
    public void discard(RunModel run) {
        runs.stop(run, () -> trash(run));
    }

    /// Restores a deleted run.
    public void restore(String id) {
        threads.fetch(() -> project.restore(id), runs::add, notices::tell);
        threads.fetch(this::readTrash, trash::setAll, notices::tell);
    }

    /// Shows the folder in the system's own file browser.
    public void reveal(RunModel run) {
        reveal(runs.folder(run).folder());
    }

    private void reveal(Path folder) {
        Thread.ofVirtual().name("reveal").start(() -> {
            try {
                new ProcessBuilder(opener(System.getProperty("os.name")), folder.toString()).start();
            } catch (IOException e) {
                threads.window()
                        .execute(() -> notices.inform(
                                Words.of("runs.folder", folder.toString()), Words.of("runs.folder.none")));
            }
        });
    }

    public static String opener(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "explorer" : name.startsWith("mac") ? "open" : "xdg-open";
    }

    /// The default place for an export of a run.
    public Path exportPlace(RunModel run, Request.Export.Form form) {
        String name = run.name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-+|-+$", "");
        String file = (name.isEmpty() ? run.id() : name) + (form == Request.Export.Form.WHOLE ? "" : ".safetensors");
        return project.folder().resolve("exports").resolve(file);
    }

    /// Exports a run's result, as `sirkuit export` does, while other work continues.
    ///
    /// @param place new folder, or file of a delta
    public void export(RunModel run, Path place, Request.Export.Form form) {
        exporting.set(true);
        String folder = runs.folder(run).folder().toString();
        Request.Export request = new Request.Export(folder, place.toString(), form, null, false);
        export = engine.submit(Words.of("runs.exporting", run.name()), request, event -> {
            if (event.isLast()) {
                exporting.set(false);
                export = null;
            }
            if (event instanceof Event.Exported) {
                boolean opens = form == Request.Export.Form.WHOLE;
                notices.written(Words.of("runs.exported", run.name()), place, opens, this::reveal);
            } else if (event instanceof Event.Failed failed) {
                notices.tell(failed.problem());
            }
        });
    }

    /// Cancels the export. Nothing is written then.
    public void cancelExport() {
        if (export != null) {
            export.cancel();
        }
    }

    /// Makes the run's adapted checkpoint the project's checkpoint.
    public void adopt(RunModel run) {
        Path adapted = runs.folder(run).adapted();
        use(adapted, () -> notices.inform(Words.of("runs.adopted", run.name()), Words.of("runs.adopted.next")));
    }

    /// Makes the original checkpoint the project's checkpoint again.
    public void back() {
        Path first = original.get();
        if (first != null) {
            use(first, () -> {});
        }
    }

    private void use(Path checkpoint, Runnable told) {
        threads.fetch(
                () -> {
                    if (!java.nio.file.Files.isDirectory(checkpoint)) {
                        throw Problem.plain(
                                Words.of("runs.no-checkpoint", checkpoint), Words.of("runs.no-checkpoint.remedy"));
                    }
                    project.update(project.resolved().withCheckpoint(checkpoint.toString()));
                    return project.resolved();
                },
                file -> {
                    checkpointChanged.accept(file);
                    told.run();
                    load();
                },
                notices::tell);
    }

    private List<Trashed> readTrash() {
        List<Trashed> found = new ArrayList<>();
        for (RunFolder folder : project.trashed()) {
            String given = folder.label().name();
            try {
                found.add(new Trashed(
                        project.trashId(folder), given == null ? folder.config().name() : given));
            } catch (Problem damaged) {
                found.add(new Trashed(project.trashId(folder), folder.id()));
            }
        }
        return found;
    }

    private @Nullable Path readOriginal() {
        Path first = project.original();
        return first.equals(Path.of(project.resolved().checkpoint())) ? null : first;
    }
}
