package sirkuit.app.workbench;

import java.util.EnumMap;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import sirkuit.run.state.RunState;

/// Which of the four steps have been taken in a project.
public final class Steps {
    private final Map<Step, ObservableValue<Boolean>> done = new EnumMap<>(Step.class);
    private final BooleanProperty compared = new SimpleBooleanProperty();

    public Steps(WorkbenchModel model) {
        done.put(Step.SCORE, model.relevance().complete().map(s -> true).orElse(false));
        done.put(Step.CHOOSE, model.mask().mask().map(m -> m.size() > 0).orElse(false));
        done.put(
                Step.TUNE,
                Bindings.createBooleanBinding(
                        () -> model.runs().runs().stream()
                                .anyMatch(r -> r.status().get() == RunState.Status.FINISHED),
                        model.runs().runs()));
        done.put(Step.COMPARE, compared);
    }

    public ObservableValue<Boolean> done(Step step) {
        ObservableValue<Boolean> known = done.get(step);
        return known == null ? compared : known;
    }

    /// The comparison has been opened. That counts once there is something to compare.
    public void lookedAtComparison() {
        if (Boolean.TRUE.equals(done(Step.TUNE).getValue())) {
            compared.set(true);
        }
    }
}
