package sirkuit.run.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sirkuit.protocol.Event;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Wire;
import sirkuit.record.Provenance;

class RunStateTest {
    private static final Event STARTED = new Event.Started(
            "demo", 40, 2, 100, 1000, 320, "c0ffee", "Minangkabau", "Indonesian", Map.of("train", "7"));
    private static final List<Event> WHOLE = List.of(
            STARTED,
            new Event.Noted("Two texts were cut.", null),
            evaluated(0, 0.5, 0.9),
            new Event.Stepped(20, 1, 0.7, 1e-3, 1, 500),
            evaluated(20, 0.7, 0.8),
            new Event.Stepped(40, 2, 0.6, 1e-3, 1, 500),
            evaluated(40, 0.6, 0.7),
            new Event.Written("adapted", 20, quality(0.7), quality(0.8)),
            new Event.Finished(3));

    @Test
    void aFinishedRunHasTheFiguresOfTheValuesThatWereKept() {
        RunState run = of(WHOLE);
        assertThat(run.status()).isEqualTo(RunState.Status.FINISHED);
        assertThat(run.step()).isEqualTo(40);
        assertThat(run.planned()).isEqualTo(40);
        assertThat(run.keptStep()).isEqualTo(20);
        assertThat(run.finalTarget().accuracy()).isEqualTo(0.7);
        assertThat(run.finalSource().accuracy()).isEqualTo(0.8);
        assertThat(run.gain().value()).isCloseTo(20, Offset.offset(1e-9));
        assertThat(run.forgetting().value()).isCloseTo(10, Offset.offset(1e-9));
        assertThat(run.seconds()).isEqualTo(3);
    }

    /// statsmodels.stats.proportion.proportion_confint(320, 400, method="wilson") is 0.7581 to 0.8363.
    @Test
    void forgettingHasTheIntervalOfTheAccuracyAfterwards() {
        Points lost = of(WHOLE).forgetting();
        assertThat(lost.low()).isCloseTo(90 - 83.63, Offset.offset(0.01));
        assertThat(lost.high()).isCloseTo(90 - 75.81, Offset.offset(0.01));
    }

    @Test
    void anEventChangesNoStateThatSomebodyHolds() {
        RunState before = of(WHOLE.subList(0, 3));
        RunState after = before.apply(WHOLE.get(4)).apply(new Event.Noted("More.", null));
        assertThat(before.evaluations()).hasSize(1);
        assertThat(before.notes()).hasSize(1);
        assertThat(after.evaluations()).hasSize(2);
        assertThat(after.notes()).extracting(Event.Noted::what).containsExactly("Two texts were cut.", "More.");
    }

    @Test
    void aNoteThatIsToldAgainIsKeptOnce() {
        RunState run = of(WHOLE).apply(new Event.Noted("Two texts were cut.", null));
        assertThat(run.notes()).hasSize(1);
    }

    @Test
    void aResumedRunHasNothingOfWhatWasToldAfterItsResumePoint() {
        RunState failed = of(WHOLE.subList(0, 8)).apply(new Event.Failed("The disk is full.", "Free some.", null));
        assertThat(failed.why()).isEqualTo("The disk is full.");
        RunState run = failed.apply(new Event.Resumed(20));
        assertThat(run.status()).isEqualTo(RunState.Status.RUNNING);
        assertThat(run.step()).isEqualTo(20);
        assertThat(run.evaluations()).extracting(Event.Evaluated::step).containsExactly(0, 20);
        assertThat(run.written()).isNull();
        assertThat(run.why()).isNull();
        assertThat(run.apply(evaluated(40, 0.65, 0.75)).target().accuracy()).isEqualTo(0.65);
    }

    @Test
    void aCancelledRunIsPausedWhereItCanBeResumed() {
        RunState going = of(WHOLE.subList(0, 5));
        assertThat(going.apply(new Event.Cancelled()).status()).isEqualTo(RunState.Status.CANCELLED);
        RunState paused = going.apply(new Event.Paused(20, "It was stopped.", true, null));
        assertThat(paused.apply(new Event.Cancelled()).status()).isEqualTo(RunState.Status.PAUSED);
        assertThat(paused.abandoned().status()).isEqualTo(RunState.Status.PAUSED);
        assertThat(going.abandoned().status()).isEqualTo(RunState.Status.INTERRUPTED);
        assertThat(of(WHOLE).abandoned().status()).isEqualTo(RunState.Status.FINISHED);
    }

    @Test
    void whatOlderVersionsDidNotWriteIsNotKnownOrIsTakenFromTheLastEvaluation() {
        RunState run = RunState.of(List.of(
                "{\"v\":1,\"request\":1,\"type\":\"started\",\"name\":\"old\",\"steps\":8,\"epochs\":1,"
                        + "\"trainableParameters\":5,\"parameters\":9,\"trainExamples\":3,\"at\":\"2025-01-01T00:00:00Z\"}",
                "{\"v\":1,\"request\":1,\"type\":\"evaluated\",\"step\":8,\"epoch\":1.0,\"target\":"
                        + "{\"examples\":400,\"accuracy\":0.75,\"macroF1\":0.7,\"loss\":0.5,\"confusion\":[[300,100],[0,0]]},"
                        + "\"source\":null}",
                "{\"v\":1,\"request\":1,\"type\":\"written\",\"folder\":\"adapted\",\"step\":8}",
                "{\"v\":1,\"request\":1,\"type\":\"finished\",\"seconds\":2.0}"));
        assertThat(run.status()).isEqualTo(RunState.Status.FINISHED);
        assertThat(run.target().accuracy()).isEqualTo(0.75);
        assertThat(run.source()).isNull();
        assertThat(run.forgetting()).isNull();
        assertThat(run.start().digests()).isEmpty();
    }

    @Test
    void aDamagedLineHidesNoOther() {
        for (int at = 0; at <= WHOLE.size(); at++) {
            List<String> lines = new ArrayList<>(lines(WHOLE));
            lines.addAll(at, List.of("{\"type\":\"evalua", "no JSON", "{\"v\":99,\"type\":\"failed\"}", ""));
            RunState run = RunState.of(lines);
            assertThat(run.status()).isEqualTo(RunState.Status.FINISHED);
            assertThat(run.evaluations()).hasSize(3);
        }
    }

    @Test
    void aRunKeepsWhatItWasMadeFromWhenItIsResumedElsewhere() {
        Provenance first = new Provenance("1", "model", "c", Map.of("a.csv", "d"), "cpu", "PyTorch", "now");
        Provenance second = new Provenance("2", "model", "c", Map.of("a.csv", "d"), "cuda:0", "PyTorch", "later");
        RunState run = of(List.of(
                STARTED,
                new Event.MadeFrom(first),
                evaluated(0, 0.5, 0.9),
                new Event.MadeFrom(second),
                new Event.Resumed(0),
                new Event.MadeFrom(second)));
        assertThat(run.provenance()).containsExactly(first, second);
    }

    @Test
    void eventsOfOtherWorkChangeNothing() {
        RunState run = of(WHOLE);
        assertThat(run.apply(new Event.Alive(3)).apply(new Event.Memory(1, 2, 3)))
                .isSameAs(run);
    }

    private static RunState of(List<Event> events) {
        return RunState.of(lines(events));
    }

    private static Event evaluated(int step, double target, double source) {
        return new Event.Evaluated(step, 0, quality(target), quality(source));
    }

    private static Quality quality(double accuracy) {
        return new Quality(400, accuracy, accuracy, 1, new int[][] {{1, 0}, {0, 1}});
    }

    private static List<String> lines(List<Event> events) {
        return events.stream().map(e -> Wire.line(1, e, Instant.EPOCH)).toList();
    }
}
