package sirkuit.app.causal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Event.Judged.JudgedAccuracy;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;

class CausalModelTest {
    private final NoEngine engine = new NoEngine();
    private final WindowEngine session = new WindowEngine(s -> engine, new Notices());
    private final SimpleObjectProperty<@Nullable HeadMask> mask = new SimpleObjectProperty<>();
    private final CausalModel model =
            new CausalModel(session, new SimpleObjectProperty<>(new Request.Model("checkpoint", null, 64)), mask);

    @Test
    void everyChangeOfTheMaskIsCheckedAnewAndOnlyTheLastAnswerCounts() {
        model.on(new DataFile("test.csv"));
        mask.set(HeadMask.all(1, 2));
        NoEngine.Asked first = engine.last(Request.Faithfulness.class);
        mask.set(HeadMask.all(2, 2));
        engine.last(Request.Faithfulness.class).answer(judged(0.8), new Event.Finished(1));
        first.answer(judged(0.1), new Event.Finished(1));
        CausalModel.Check check = Objects.requireNonNull(model.check().get());
        assertThat(check.keepOnly().accuracy()).isEqualTo(0.8);
        assertThat(check.randomKeep()).isEqualTo(0.4); // the mean of the draws
        assertThat(model.asking().get()).isFalse();
    }

    @Test
    void itIsAskedWhileTheEngineHasOtherWork() {
        model.on(new DataFile("test.csv"));
        session.submit("other work", new Request.Inspect("x"), e -> {});
        mask.set(HeadMask.all(1, 2));
        assertThat(model.asking().get()).isTrue();
        engine.last(Request.Faithfulness.class).answer(judged(0.8), new Event.Finished(1));
        assertThat(Objects.requireNonNull(model.check().get()).keepOnly().accuracy())
                .isEqualTo(0.8);
    }

    @Test
    void aCheckThatWasNotAnsweredIsAskedAgainAfterTheNextJob() {
        model.on(new DataFile("test.csv"));
        mask.set(HeadMask.all(1, 2));
        session.submit("other work", new Request.Inspect("x"), e -> {});
        engine.last(Request.Faithfulness.class).answer(new Event.Cancelled());
        assertThat(model.asking().get()).isFalse();
        engine.last(Request.Inspect.class).answer(new Event.Finished(1));
        assertThat(model.asking().get()).isTrue();
        assertThat(engine.asked())
                .filteredOn(a -> a.request() instanceof Request.Faithfulness)
                .hasSize(2);
    }

    @Test
    void nothingIsAskedForNoHeadsOrWhenItIsSwitchedOff() {
        model.on(new DataFile("test.csv"));
        mask.set(HeadMask.none(1, 2));
        model.on().set(false);
        mask.set(HeadMask.all(1, 2));
        assertThat(engine.asked()).isEmpty();
        model.on().set(true);
        assertThat(engine.asked()).hasSize(1);
    }

    @Test
    void theVerdictNeedsBothIntervals() {
        assertThat(check(0.8, 0.5).verdict()).isEqualTo(CausalModel.Verdict.CARRY);
        assertThat(check(0.8, 0.66).verdict()).isEqualTo(CausalModel.Verdict.BETTER_ALONE);
        assertThat(check(0.44, 0.5).verdict()).isEqualTo(CausalModel.Verdict.WORSE_WITHOUT);
        assertThat(check(0.44, 0.66).verdict()).isEqualTo(CausalModel.Verdict.UNCLEAR);
    }

    /// Random heads: 40 % alone, 70 % without them; intervals are 5 points to each side.
    private static CausalModel.Check check(double keep, double remove) {
        return new CausalModel.Check(
                kept(0.9), kept(keep), kept(remove), List.of(kept(0.3), kept(0.5)), List.of(kept(0.7)));
    }

    private static Event.Judged judged(double keep) {
        Event.Judged.JudgedSet set = new Event.Judged.JudgedSet(
                "not in the baseline",
                kept(0.9),
                kept(keep),
                kept(0.3),
                List.of(kept(0.3), kept(0.5)),
                List.of(kept(0.7)));
        return new Event.Judged(2, List.of(set), List.of());
    }

    private static JudgedAccuracy kept(double accuracy) {
        return new JudgedAccuracy(120, accuracy, accuracy - 0.05, accuracy + 0.05, 0, 0);
    }
}
