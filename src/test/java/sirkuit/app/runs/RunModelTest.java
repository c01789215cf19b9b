package sirkuit.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Wire;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.state.RunState;

class RunModelTest {
    private static final RunConfig CONFIG = new RunConfig(
            1,
            "All heads",
            "checkpoint",
            null,
            RunConfig.Parameters.of(HeadMask.all(2, 4)),
            new RunConfig.Data(new DataFile("train.csv"), new DataFile("test.csv"), new DataFile("source.csv")),
            RunConfig.Settings.DEFAULT);
    private static final List<Event> EVENTS = List.of(
            new Event.Started("All heads", 40, 2, 100, 1000, 320),
            evaluated(0, 0.5, 0.9),
            new Event.Stepped(20, 1, 0.7, 1e-3, 1, 500),
            evaluated(20, 0.7, 0.8),
            new Event.Finished(3));

    @Test
    void aReopenedRunIsWhatTheLiveOneWas() {
        RunModel live = new RunModel("run-1", 0, CONFIG);
        EVENTS.forEach(live::accept);
        RunModel reopened = RunModel.reopened("run-1", 0, CONFIG, lines(EVENTS));
        for (RunModel run : List.of(live, reopened)) {
            assertThat(run.status().get()).isEqualTo(RunState.Status.FINISHED);
            assertThat(run.targetBefore()).isEqualTo(0.5);
            assertThat(run.targetNow()).isEqualTo(0.7);
            assertThat(run.forgetting()).isCloseTo(10.0, Offset.offset(1e-9));
            assertThat(run.evaluations()).hasSize(2);
            assertThat(run.trained()).isEqualTo("8 of 8");
        }
    }

    @Test
    void aRunThatGoesOnForgetsWhatCameAfterTheStepItGoesOnFrom() {
        RunModel run = new RunModel("run-1", 0, CONFIG);
        EVENTS.subList(0, 4).forEach(run::accept);
        run.accept(new Event.Failed("The engine stopped unexpectedly.", "Go on.", null));
        run.accept(new Event.Resumed(10));
        assertThat(run.status().get()).isEqualTo(RunState.Status.RUNNING);
        assertThat(run.failure()).isNull();
        assertThat(run.evaluations()).hasSize(1);
        run.accept(evaluated(20, 0.7, 0.8));
        assertThat(run.evaluations()).hasSize(2);
    }

    /// Files of the version before further languages, intervals and forgetting.
    @Test
    void eventsAndSettingsOfAnOlderVersionAreRead() throws Exception {
        Event read = Wire.event("{\"v\":1,\"request\":1,\"type\":\"evaluated\",\"step\":8,\"epoch\":1.0,\"target\":"
                        + "{\"examples\":400,\"accuracy\":0.75,\"macroF1\":0.7,\"loss\":0.5,\"confusion\":[[300,100],[0,0]]},"
                        + "\"source\":null}")
                .body();
        Event.Evaluated old = (Event.Evaluated) read;
        assertThat(old.watched()).isEmpty();
        assertThat(old.forgetting()).isNull();
        // statsmodels.stats.proportion.proportion_confint(300, 400, method="wilson")
        assertThat(old.target().low()).isCloseTo(0.7053, Offset.offset(1e-4));
        assertThat(old.target().high()).isCloseTo(0.7900, Offset.offset(1e-4));
        com.fasterxml.jackson.databind.node.ObjectNode node = sirkuit.Json.MAPPER.valueToTree(CONFIG);
        node.remove(List.of("watched", "course"));
        RunConfig config = sirkuit.Json.MAPPER.treeToValue(node, RunConfig.class);
        assertThat(config.watched()).isEmpty();
        assertThat(config.course().bucketed()).isFalse();
        assertThat(config.course().schedule()).isEqualTo(RunConfig.Course.Schedule.LINEAR);
        assertThat(config.settings()).isEqualTo(CONFIG.settings());
    }

    @Test
    void whatPatienceKeptIsToldAndNotTheLastStep() {
        RunModel run = new RunModel("run-1", 0, CONFIG);
        EVENTS.subList(0, 4).forEach(run::accept);
        run.accept(evaluated(40, 0.6, 0.7));
        run.accept(new Event.Written("adapted", 20, quality(0.7), quality(0.8)));
        assertThat(run.targetNow()).isEqualTo(0.7);
        assertThat(run.sourceNow()).isEqualTo(0.8);
        assertThat(run.forgetting()).isCloseTo(10.0, Offset.offset(1e-9));
    }

    @Test
    void aRunWithoutAnEndWasInterrupted() {
        RunModel run = RunModel.reopened("run-1", 0, CONFIG, lines(EVENTS.subList(0, 3)));
        assertThat(run.status().get()).isEqualTo(RunState.Status.INTERRUPTED);
    }

    @Test
    void aDamagedLineHidesNothingElse() {
        List<String> lines = new ArrayList<>(lines(EVENTS));
        lines.add(2, "{\"type\": \"evalua");
        assertThat(RunModel.reopened("run-1", 0, CONFIG, lines).evaluations()).hasSize(2);
    }

    @Test
    void aFailureIsKept() {
        RunModel run = new RunModel("run-1", 0, CONFIG);
        run.accept(new Event.Failed("The disk is full.", "Free some space.", null));
        assertThat(run.status().get()).isEqualTo(RunState.Status.FAILED);
        assertThat(run.failure()).isNotNull();
    }

    @Test
    void withoutASourceNothingIsForgotten() {
        RunModel run = new RunModel("run-1", 0, CONFIG);
        run.accept(new Event.Evaluated(0, 0, quality(0.5), null));
        assertThat(run.forgetting()).isNull();
    }

    private static Event evaluated(int step, double target, double source) {
        return new Event.Evaluated(step, 0, quality(target), quality(source));
    }

    private static Quality quality(double accuracy) {
        return new Quality(10, accuracy, accuracy, 1, new int[][] {{1, 0}, {0, 1}});
    }

    private static List<String> lines(List<Event> events) {
        return events.stream().map(e -> Wire.line(1, e, Instant.EPOCH)).toList();
    }
}
