package sirkuit.app.circuit;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.project.HeadGroup;

/// Named sets of heads, and the heads that are selected for the next one.
public final class GroupsModel {
    private static final int LONGEST = 80;

    private final MaskModel masks;
    private final ObservableList<HeadGroup> groups = FXCollections.observableArrayList();
    private final ObservableList<HeadGroup> view = FXCollections.unmodifiableObservableList(groups);
    private final ObservableSet<Head> chosen = FXCollections.observableSet(new TreeSet<>());
    private Consumer<? super List<HeadGroup>> save = all -> {};

    GroupsModel(MaskModel masks) {
        this.masks = masks;
    }

    /// Begins with what the project keeps.
    ///
    /// @param kept  from now on receives every change
    public void begin(List<HeadGroup> first, Consumer<? super List<HeadGroup>> kept) {
        groups.setAll(first);
        save = kept;
    }

    /// In the order in which they were made.
    public ObservableList<HeadGroup> all() {
        return view;
    }

    /// Heads that are selected for a group.
    public ObservableSet<Head> chosen() {
        return chosen;
    }

    /// Selects heads for a group, or deselects them when all of them were.
    public void choose(Collection<Head> heads) {
        if (!chosen.addAll(heads)) {
            chosen.removeAll(heads);
        }
    }

    /// The heads of the next group: those selected for it, or else all of the mask.
    public Collection<Head> next() {
        HeadMask mask = masks.mask().get();
        return chosen.isEmpty() && mask != null ? mask.selected() : List.copyOf(chosen);
    }

    /// Why a group cannot be called that, in a sentence; null when it can.
    ///
    /// @param renamed the group that is to be called so; null for a new one
    public @Nullable String objection(String name, @Nullable HeadGroup renamed) {
        if (name.isBlank()) {
            return Words.of("centre.circuit.group.none");
        }
        if (name.strip().length() > LONGEST) {
            return Words.of("mask.name.long", LONGEST);
        }
        boolean taken =
                groups.stream().anyMatch(g -> !g.equals(renamed) && g.name().equals(name.strip()));
        return taken ? Words.of("centre.circuit.group.taken") : null;
    }

    /// Makes a closed group of [#next()], which is then no longer selected.
    public void make(String name) {
        Collection<Head> heads = next();
        if (objection(name, null) == null && !heads.isEmpty()) {
            groups.add(new HeadGroup(name, new TreeSet<>(heads), false));
            chosen.clear();
            save();
        }
    }

    public void rename(HeadGroup group, String name) {
        if (objection(name, group) == null) {
            replace(group, group.named(name));
        }
    }

    /// Closes an open group, and opens a closed one.
    public void toggle(HeadGroup group) {
        replace(group, group.opened(!group.open()));
    }

    public void remove(HeadGroup group) {
        if (groups.remove(group)) {
            save();
        }
    }

    /// A group by its name; null when there is none.
    public @Nullable HeadGroup named(String name) {
        return groups.stream().filter(g -> g.name().equals(name)).findFirst().orElse(null);
    }

    /// Whether the model has any of its heads.
    public boolean fits(HeadGroup group) {
        return masks.mask().get() instanceof HeadMask now && !within(group, now).isEmpty();
    }

    /// Makes the group's heads the mask; one step of undo. The group is opened: its heads are all there is to see.
    /// Heads that the model does not have are left out.
    public void useAsMask(HeadGroup group) {
        HeadMask now = masks.mask().get();
        if (now != null && fits(group)) {
            if (!group.open()) {
                toggle(group);
            }
            masks.load(new HeadMask(now.layers(), now.heads(), within(group, now), "by hand"));
        }
    }

    private static TreeSet<Head> within(HeadGroup group, HeadMask shape) {
        TreeSet<Head> heads = new TreeSet<>(group.heads());
        heads.removeIf(h -> h.layer() < 0 || h.layer() >= shape.layers() || h.head() < 0 || h.head() >= shape.heads());
        return heads;
    }

    private void replace(HeadGroup group, HeadGroup by) {
        int at = groups.indexOf(group);
        if (at >= 0) {
            groups.set(at, by);
            save();
        }
    }

    private void save() {
        save.accept(List.copyOf(groups));
    }
}
