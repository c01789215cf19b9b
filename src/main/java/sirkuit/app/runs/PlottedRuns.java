package sirkuit.app.runs;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;

/// Which runs a plot shows when there are more than can be told apart: those of the selected run's study, or its
/// strategy, and the pinned ones.
public final class PlottedRuns {
    /// Lines in one plot.
    public static final int LINES = 60;

    /// Points in one plot.
    public static final int POINTS = 200;

    private PlottedRuns() {}

    /// @param most how many the plot can show
    public static List<RunModel> of(RunsModel model, int most) {
        List<RunModel> all = model.comparedRuns();
        if (all.size() <= most) {
            return all;
        }
        RunModel chosen = chosen(model, all);
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
    public static String words(RunsModel model, int most) {
        int all = model.comparedRuns().size();
        int shown = of(model, most).size();
        if (shown == all) {
            return "";
        }
        String study = chosen(model, model.comparedRuns()).study();
        return study == null
                ? Words.of("runs.plot.some", shown + "", all + "")
                : Words.of("runs.plot.some.study", shown + "", all + "", study);
    }

    private static RunModel chosen(RunsModel model, List<RunModel> all) {
        RunModel selected = model.selected().get();
        return selected == null ? all.getLast() : selected;
    }

    private static boolean sameStrategy(@Nullable StudyPlace one, @Nullable StudyPlace other) {
        return one == null || other == null ? one == other : one.strategy().equals(other.strategy());
    }
}
