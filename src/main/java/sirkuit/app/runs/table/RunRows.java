package sirkuit.app.runs.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.StudyPlace;
import sirkuit.run.RunGroup;

/// The runs of a project as lines: single runs, and each study with its strategies and their runs.
public final class RunRows {
    private final RunsModel model;
    private final Consumer<List<RunRow>> changed;
    private final Map<RunModel, RunRow.OfStrategy> strategies = new HashMap<>();
    private Set<RunModel> known = Set.of();

    /// @param changed receives all lines, now and whenever runs are added or removed
    public RunRows(RunsModel model, Consumer<List<RunRow>> changed) {
        this.model = model;
        this.changed = changed;
        model.runs().addListener((ListChangeListener<RunModel>) this::changed);
        all();
    }

    /// The line of a strategy that a run belongs to; null if the run is not of a study.
    public RunRow.@Nullable OfStrategy strategyOf(RunModel run) {
        return strategies.get(run);
    }

    private void changed(ListChangeListener.Change<? extends RunModel> change) {
        Set<RunRow.OfStrategy> touched = new HashSet<>();
        while (change.next()) {
            for (RunModel run : change.getList().subList(change.getFrom(), change.getTo())) {
                RunRow.OfStrategy strategy = strategies.get(run);
                if (strategy != null) {
                    touched.add(strategy);
                }
            }
        }
        if (known.size() != model.runs().size() || !known.containsAll(model.runs())) {
            all();
        } else {
            touched.forEach(RunRow.OfStrategy::update);
        }
    }

    private void all() {
        known = new HashSet<>(model.runs());
        strategies.clear();
        List<RunRow> rows = of(model.runs());
        for (RunRow row : rows) {
            if (row instanceof RunRow.OfStudy study) {
                study.strategies().forEach(s -> s.runs().forEach(r -> strategies.put(r, s)));
            }
        }
        changed.accept(rows);
    }

    /// The lines of some runs, in their order. A study has the place of its first run. Its strategies are in the order
    /// of their first runs, target by target; runs that were measured on other texts are not averaged together.
    static List<RunRow> of(List<RunModel> runs) {
        Map<String, List<RunModel>> studies = new LinkedHashMap<>();
        List<Object> order = new ArrayList<>();
        for (RunModel run : runs) {
            String study = run.study();
            if (study == null) {
                order.add(run);
            } else {
                studies.computeIfAbsent(study, name -> {
                            order.add(name);
                            return new ArrayList<>();
                        })
                        .add(run);
            }
        }
        return order.stream()
                .map(one -> one instanceof RunModel run
                        ? new RunRow.One(run)
                        : study((String) one, studies.getOrDefault(one, List.of())))
                .toList();
    }

    private static RunRow study(String name, List<RunModel> runs) {
        Map<List<Object>, List<RunModel>> strategies = new LinkedHashMap<>();
        Map<RunModel, Integer> apart = new HashMap<>();
        for (RunGroup<RunModel> group : RunGroup.of(runs, RunModel::texts)) {
            int number = apart.size();
            group.runs().forEach(run -> apart.put(run, number));
        }
        for (RunModel run : runs) {
            StudyPlace place = run.place();
            if (place != null) {
                strategies
                        .computeIfAbsent(
                                List.of(place.target(), place.trained(), apart.getOrDefault(run, 0)),
                                k -> new ArrayList<>())
                        .add(run);
            }
        }
        return new RunRow.OfStudy(
                name, strategies.values().stream().map(RunRow.OfStrategy::new).toList());
    }
}
