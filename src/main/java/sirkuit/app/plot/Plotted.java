package sirkuit.app.plot;

import java.util.List;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.run.RunGroup;

/// Which runs a plot shows: always runs that can be compared.
///
/// @param group  those runs; null for none
/// @param scaled all runs that the axes have room for
/// @param titled whether its target is written above it, so that the axes need not name it
public record Plotted(
        ObservableValue<@Nullable RunGroup<RunModel>> group, ObservableValue<List<RunModel>> scaled, boolean titled) {
    /// The selected run and all that can be compared with it.
    public static Plotted compared(RunsModel model) {
        return new Plotted(model.compared(), model.compared().map(RunGroup::runs), false);
    }

    /// One of several groups that are shown beside one another, on the same scale.
    ///
    /// @param index of the group
    static Plotted beside(RunsModel model, int index) {
        return new Plotted(
                model.groups().map(all -> index < all.size() ? all.get(index) : null),
                model.groups()
                        .map(all -> all.stream().flatMap(g -> g.runs().stream()).toList()),
                true);
    }

    List<RunModel> runs() {
        RunGroup<RunModel> shown = group.getValue();
        return shown == null ? List.of() : shown.runs();
    }

    List<RunModel> scaledRuns() {
        List<RunModel> all = scaled.getValue();
        return all == null ? List.of() : all;
    }
}
