package sirkuit.app.causal;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.ProblemWords;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Event.Judged.JudgedAccuracy;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;

/// The causal check: accuracy with only the heads of the mask, and without them, compared with the same number of
/// random heads. It is repeated after each change of the mask. Other work of the engine waits for it.
public final class CausalModel {

    private static final String SLOT = "causal check";

    private final WindowEngine engine;
    private final ObservableValue<Request.@Nullable Model> model;
    private final ObservableValue<@Nullable HeadMask> mask;
    private final BooleanProperty on = new SimpleBooleanProperty(true);
    private final ReadOnlyObjectWrapper<@Nullable Check> check = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
    private final Subscription idle;
    private @Nullable DataFile texts;
    private int asked;

    /// What the check says of the heads.
    public enum Verdict {
        /// Alone they are better than random heads, and without them the model is worse than without random heads.
        CARRY,
        /// Only the first.
        BETTER_ALONE,
        /// Only the second.
        WORSE_WITHOUT,
        /// Neither is certain.
        UNCLEAR;

        /// Whether the heads alone are better than random heads.
        public boolean betterAlone() {
            return this == CARRY || this == BETTER_ALONE;
        }
    }

    /// The result.
    ///
    /// @param whole        with all heads
    /// @param keepOnly     with only the mask's
    /// @param remove       without them
    /// @param keepDraws    with only the same number of random heads, for each draw
    /// @param removeDraws  without the same number of random heads, for each draw
    public record Check(
            JudgedAccuracy whole,
            JudgedAccuracy keepOnly,
            JudgedAccuracy remove,
            List<JudgedAccuracy> keepDraws,
            List<JudgedAccuracy> removeDraws) {
        public static Check of(Event.Judged.JudgedSet set) {
            return new Check(set.whole(), set.keepOnly(), set.remove(), set.randomKeep(), set.randomRemove());
        }

        /// Mean accuracy with only the same number of random heads.
        public double randomKeep() {
            return mean(keepDraws);
        }

        /// Mean accuracy without the same number of random heads.
        public double randomRemove() {
            return mean(removeDraws);
        }

        /// The 95 % intervals of the mask's accuracies decide, against the means of random heads.
        public Verdict verdict() {
            boolean better = keepOnly.low() > randomKeep();
            boolean worse = remove.high() < randomRemove();
            return better
                    ? worse ? Verdict.CARRY : Verdict.BETTER_ALONE
                    : worse ? Verdict.WORSE_WITHOUT : Verdict.UNCLEAR;
        }

        private static double mean(List<JudgedAccuracy> some) {
            return some.stream().mapToDouble(JudgedAccuracy::accuracy).average().orElse(Double.NaN);
        }
    }

    public CausalModel(
            WindowEngine engine,
            ObservableValue<Request.@Nullable Model> model,
            ObservableValue<@Nullable HeadMask> mask) {
        this.engine = engine;
        this.model = model;
        this.mask = mask;
        mask.subscribe((was, now) -> ask());
        model.subscribe((was, now) -> ask());
        on.subscribe((was, now) -> ask());
        idle = engine.current().subscribe((was, now) -> {
            if (now == null && check.get() == null && !asking.get()) {
                ask();
            }
        });
    }

    /// The held-out source texts to evaluate on.
    public void on(DataFile heldOut) {
        texts = heldOut;
        ask();
    }

    /// Stops listening to the engine, which outlives the project.
    public void letGo() {
        idle.unsubscribe();
    }

    /// Whether the check is switched on.
    public BooleanProperty on() {
        return on;
    }

    /// Null while it is not known.
    public ReadOnlyObjectProperty<@Nullable Check> check() {
        return check.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty asking() {
        return asking.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }

    private void ask() {
        int number = ++asked;
        HeadMask now = mask.getValue();
        Request.Model of = model.getValue();
        DataFile data = texts;
        check.set(null);
        trouble.set("");
        if (!on.get() || now == null || now.size() == 0 || of == null || data == null) {
            asking.set(false);
            return;
        }
        asking.set(true);
        engine.ask(
                new Request.Faithfulness(
                        of, data, now, null, Defaults.BASELINE_EXAMPLES, Defaults.EXAMPLES, Defaults.SEED, SLOT),
                event -> heard(number, event));
    }

    private void heard(int number, Event event) {
        if (number != asked) {
            return;
        }
        switch (event) {
            case Event.Judged judged
            when !judged.sets().isEmpty() -> check.set(Check.of(judged.sets().getFirst()));
            case Event.Failed failed -> trouble.set(ProblemWords.of(failed.problem()));
            default -> {}
        }
        if (event.isLast()) {
            asking.set(false);
        }
    }
}
