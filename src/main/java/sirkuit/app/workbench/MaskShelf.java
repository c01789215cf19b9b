package sirkuit.app.workbench;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.mask.MaskName;
import sirkuit.app.mask.MaskWords;
import sirkuit.app.project.OpenedProject;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.project.SavedMasks;

/// The masks that the project has saved.
public final class MaskShelf {
    private final Project project;
    private final MaskModel mask;
    private final Notices notices;
    private final Threads threads;
    private final ObservableList<String> names = FXCollections.observableArrayList();
    private final ObservableList<String> view = FXCollections.unmodifiableObservableList(names);
    private final ReadOnlyStringWrapper current = new ReadOnlyStringWrapper("");
    private String taken = "";
    private @Nullable HeadMask asTaken;

    MaskShelf(Project project, MaskModel mask, Notices notices, Threads threads) {
        this.project = project;
        this.mask = mask;
        this.notices = notices;
        this.threads = threads;
        mask.mask().subscribe(now -> settle());
    }

    void fill(List<String> saved) {
        names.setAll(saved);
    }

    /// Their names, in order.
    public ObservableList<String> names() {
        return view;
    }

    /// The saved mask that was loaded or saved last, as long as the current mask has the same heads; otherwise empty.
    public ReadOnlyStringProperty current() {
        return current.getReadOnlyProperty();
    }

    private void settle() {
        HeadMask now = mask.mask().get();
        HeadMask then = asTaken;
        current.set(now != null && then != null && now.selected().equals(then.selected()) ? taken : "");
    }

    private void take(String name, @Nullable HeadMask now) {
        taken = name;
        asTaken = now;
        settle();
    }

    /// Makes a saved mask the current one.
    public void load(String name) {
        read(name, saved -> {
            mask.load(saved, Words.of("mask.step.loaded", MaskWords.saved(name)));
            take(name, saved);
        });
    }

    /// Reads a saved mask.
    public void read(String name, Consumer<HeadMask> to) {
        threads.fetch(
                () -> project.mask(name),
                saved -> {
                    try {
                        to.accept(saved);
                    } catch (Problem problem) {
                        notices.tell(problem);
                    }
                },
                notices::tell);
    }

    /// Saves the current mask under a name, replacing any mask with that name.
    public void save(String name) {
        HeadMask now = mask.mask().get();
        if (now != null && allowed(name)) {
            save(name, now);
            take(name, now);
        }
    }

    /// Saves a mask that was selected by hand, so that it stays in the list after something else has replaced it.
    void saveDraft(HeadMask draft) {
        save(Project.DRAFT_MASK, draft);
    }

    /// Gives a saved mask another name, replacing any mask with that name.
    public void rename(String from, String to) {
        if (allowed(to)) {
            threads.fetch(
                    () -> {
                        SavedMasks.rename(project, from, to);
                        return OpenedProject.masksByName(project);
                    },
                    saved -> {
                        names.setAll(saved);
                        if (taken.equals(from)) {
                            take(to, asTaken);
                        }
                    },
                    notices::tell);
        }
    }

    /// Deletes a saved mask. The notice of it offers to take it back.
    public void delete(String name) {
        threads.fetch(
                () -> SavedMasks.delete(project, name),
                gone -> {
                    names.remove(name);
                    if (taken.equals(name)) {
                        take("", null);
                    }
                    notices.inform(
                            Words.of("mask.deleted", MaskWords.saved(name)),
                            Words.of("mask.deleted.remedy"),
                            () -> save(name, gone));
                },
                notices::tell);
    }

    private boolean allowed(String name) {
        String objection = MaskName.objection(name);
        if (objection != null) {
            notices.warn(objection, Words.of("mask.name.remedy"));
        }
        return objection == null;
    }

    private void save(String name, HeadMask what) {
        threads.fetch(
                () -> {
                    project.saveMask(name, what);
                    return OpenedProject.masksByName(project);
                },
                names::setAll,
                notices::tell);
    }
}
