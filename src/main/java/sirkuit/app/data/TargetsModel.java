package sirkuit.app.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.project.Project;
import sirkuit.record.ProjectFile;

/// The targets of a project: which one is learned next, and adding, renaming and removing them. Runs keep the target
/// that they have learned.
public final class TargetsModel {
    private final Project project;
    private final LanguageModel language;
    private final ObservableValue<ProjectFile> file;
    private final Consumer<ProjectFile> changed;
    private final ToIntFunction<String> runs;
    private final Threads threads;
    private final Notices notices;
    private final ReadOnlyBooleanWrapper adding = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper pending = new ReadOnlyBooleanWrapper();
    private Subscription waiting = Subscription.EMPTY;

    /// @param language shows the texts of the target to learn now, or of one that is being added
    /// @param file     the project with absolute paths
    /// @param changed  receives the project after a change
    /// @param runs     how many runs have learned a target, by its name
    public TargetsModel(
            Project project,
            LanguageModel language,
            ObservableValue<ProjectFile> file,
            Consumer<ProjectFile> changed,
            ToIntFunction<String> runs,
            Threads threads,
            Notices notices) {
        this.project = project;
        this.language = language;
        this.file = file;
        this.changed = changed;
        this.runs = runs;
        this.threads = threads;
        this.notices = notices;
    }

    /// The texts of the target to learn now, or of one that is being added.
    public LanguageModel language() {
        return language;
    }

    public ObservableValue<ProjectFile> file() {
        return file;
    }

    /// The names of all targets.
    public List<String> names() {
        return file.getValue().allTargets().stream()
                .map(ProjectFile.Language::name)
                .toList();
    }

    /// The name of the target to learn now; null for none.
    public @Nullable String current() {
        ProjectFile.Language now = file.getValue().target();
        return now == null ? null : now.name();
    }

    /// The targets that the next run does not learn.
    public List<ProjectFile.Language> others() {
        ProjectFile now = file.getValue();
        return now.allTargets().stream().filter(t -> !t.equals(now.target())).toList();
    }

    /// Whether a target is being added whose texts have not been read yet, or cannot be used.
    public ReadOnlyBooleanProperty adding() {
        return adding.getReadOnlyProperty();
    }

    /// Whether the texts that are shown are not those of the project yet.
    public ReadOnlyBooleanProperty pending() {
        return pending.getReadOnlyProperty();
    }

    /// How many runs have learned the target with this name.
    public int runs(String name) {
        return runs.applyAsInt(name);
    }

    /// Makes another target the one to learn now.
    public void choose(String name) {
        if (pending.get() || !name.equals(current())) {
            update(f -> f.choosing(name));
        }
    }

    /// Adds a target with these texts, and makes it the one to learn now, as soon as they have been read and can be
    /// used. If the project has none yet, it is the first.
    public void add(Path texts) {
        adding.set(!names().isEmpty());
        language.chooseTrain(texts);
        language.name().set(fresh(language.name().get(), names()));
        textsChanged();
    }

    /// Takes other texts for the target to learn now.
    public void replace(Path texts) {
        language.chooseTrain(texts);
        List<String> others = names().stream().filter(n -> !n.equals(current())).toList();
        language.name().set(fresh(language.name().get(), others));
        textsChanged();
    }

    /// Shows the texts of the project's target again.
    public void cancel() {
        show();
    }

    /// Takes over the texts that are shown, and the classes of their labels, as soon as both files have been read and
    /// can be used.
    public void textsChanged() {
        waiting.unsubscribe();
        pending.set(true);
        waiting = language.whenDescribed(this::save);
    }

    /// Why a target cannot have this name; null if it can.
    ///
    /// @param name its present name
    public @Nullable String objection(String name, String other) {
        if (other.isBlank()) {
            return Words.of("form.target.name.none");
        }
        ProjectFile.Language has = file.getValue().targetNamed(other);
        return has == null || has.isNamed(name) ? null : Words.of("form.target.name.taken");
    }

    /// Gives a target another name. Does nothing if it cannot have it.
    public void rename(String name, String other) {
        if (objection(name, other) == null) {
            update(f -> f.renaming(name, other.strip()));
        }
    }

    /// Removes a target from the project. Its texts and its runs stay.
    public void remove(String name) {
        ProjectFile.Language was = file.getValue().targetNamed(name);
        if (was != null) {
            update(f -> f.removing(name));
            notices.inform(
                    Words.of("form.target.removed", was.name()),
                    Words.of("form.target.removed.back"),
                    () -> update(f -> f.targetNamed(name) == null ? f.adding(was) : f));
        }
    }

    /// Stops waiting for texts.
    public void close() {
        waiting.unsubscribe();
    }

    private void save() {
        if (language.missing() != null) {
            return;
        }
        ProjectFile.Language chosen = language.language();
        boolean another = adding.get();
        threads.fetch(
                () -> {
                    ProjectFile now = project.resolved();
                    project.update(another ? now.adding(chosen) : now.withTarget(chosen));
                    return project.resolved();
                },
                now -> {
                    adding.set(false);
                    pending.set(false);
                    changed.accept(now);
                },
                notices::tell);
    }

    private void update(UnaryOperator<ProjectFile> change) {
        waiting.unsubscribe();
        threads.fetch(
                () -> {
                    project.update(change.apply(project.resolved()));
                    return project.resolved();
                },
                now -> {
                    changed.accept(now);
                    show();
                },
                problem -> {
                    notices.tell(problem);
                    show();
                });
    }

    /// Shows the project's target to learn now.
    public void show() {
        waiting.unsubscribe();
        adding.set(false);
        pending.set(false);
        ProjectFile.Language now = file.getValue().target();
        if (now == null) {
            language.clear();
        } else {
            language.show(now);
        }
    }

    private static String fresh(String name, List<String> taken) {
        String free = name;
        for (int i = 2; isTaken(free, taken); i++) {
            free = name + " " + i;
        }
        return free;
    }

    private static boolean isTaken(String name, List<String> taken) {
        return taken.stream().anyMatch(t -> t.strip().equalsIgnoreCase(name.strip()));
    }
}
