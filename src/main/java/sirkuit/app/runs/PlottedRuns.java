package sirkuit.app.runs;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.run.RunGroup;

/// Which runs a plot shows when there are more than can be told apart: those of the selected run's study, or its
/// strategy, and the pinned ones.
public final class PlottedRuns {
    /// Lines in one plot.
    public static final int LINES = 60;

    /// Points in one plot.
    public static final int POINTS = 200;

    private PlottedRuns() {}

    /// @param all      runs that can be compared
    /// @param selected null for none
    /// @param most     how many the plot can show
    public static List<RunModel> of(List<RunModel> all, @Nullable RunModel selected, int most) {
        if (all.size() <= most) {
            return all;
        }
        RunModel chosen = chosen(all, selected);
        List<RunModel> near = all.stream()
                .filter(r -> Objects.equals(r.study(), chosen.study())
                        || r.label().get().pinned())
                .toList();
        if (near.size() <= most) {
            return near;
        }
        StudyPlace place = chosen.place();
        List<RunModel> alike = near.stream()
                .filter(r -> r.label().get().pinned() || sameStrategy(place, r.place()))
                .toList();
        return alike.size() <= most ? alike : alike.subList(alike.size() - most, alike.size());
    }

    /// Which of the runs are shown; empty if it is all of them.
    ///
    /// @param most how many each plot can show
    public static String words(RunsModel model, int most) {
        RunModel selected = model.selected().get();
        List<RunGroup<RunModel>> groups = model.plottedGroups();
        int all = groups.stream().mapToInt(g -> g.runs().size()).sum();
        int shown = groups.stream()
                .mapToInt(g -> of(g.runs(), selected, most).size())
                .sum();
        if (shown == all) {
            return "";
        }
        String study = groups.size() > 1
                ? null
                : chosen(groups.getFirst().runs(), selected).study();
        return study == null
                ? Words.of("runs.plot.some", shown + "", all + "")
                : Words.of("runs.plot.some.study", shown + "", all + "", study);
    }

    private static RunModel chosen(List<RunModel> all, @Nullable RunModel selected) {
        return selected == null || !all.contains(selected) ? all.getLast() : selected;
    }

    private static boolean sameStrategy(@Nullable StudyPlace one, @Nullable StudyPlace other) {
        return one == null || other == null ? one == other : one.trained().equals(other.trained());
    }
}
