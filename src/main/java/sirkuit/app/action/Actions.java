package sirkuit.app.action;

import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.util.Subscription;

/// The actions of a window, or of an open project. An action that is registered under an existing id replaces the
/// earlier one.
public final class Actions {
    private final ObservableList<Action> all = FXCollections.observableArrayList();
    // Kept, because views listen weakly and would stop without a reference to it.
    private final ObservableList<Action> view = FXCollections.unmodifiableObservableList(all);

    /// In the order they were registered.
    public ObservableList<Action> all() {
        return view;
    }

    public void register(Action... actions) {
        register(List.of(actions));
    }

    /// @return removes them again
    public Subscription register(List<Action> actions) {
        for (Action action : actions) {
            int before = indexOf(action.id());
            if (before < 0) {
                all.add(action);
            } else {
                all.set(before, action);
            }
        }
        return () -> all.removeAll(actions);
    }

    /// Includes the actions of `others`, also those that are added to it later.
    ///
    /// @return removes all of it
    public Subscription include(Actions others) {
        register(List.copyOf(others.all));
        ListChangeListener<Action> follow = change -> {
            while (change.next()) {
                all.removeAll(change.getRemoved());
                register(List.copyOf(change.getAddedSubList()));
            }
        };
        others.all.addListener(follow);
        return () -> {
            others.all.removeListener(follow);
            all.removeAll(others.all);
        };
    }

    public List<Action> in(Action.Place place) {
        return all.stream().filter(a -> a.place() == place).toList();
    }

    public Optional<Action> find(String id) {
        int index = indexOf(id);
        return index < 0 ? Optional.empty() : Optional.of(all.get(index));
    }

    /// Does it, if there is such an action and it can be done now.
    public void perform(String id) {
        find(id).ifPresent(Action::perform);
    }

    private int indexOf(String id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
