package sirkuit.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;

class RunForecastTest {
    private static final Event STARTED = new Event.Started("run", 20, 10, 1_000, 100_000, 32);
    private static final Event ESTIMATED = new Event.Estimated(400_000, 4_000, 8_000, 50_000, 1_000_000, 1_462_000);

    @Test
    void beforeTheFirstRunOfItsKindNothingIsKnown() {
        assertThat(RunForecast.of(List.of(), config(16), 1_000, 32, 20).words()).contains("not known");
        RunModel other = run(List.of(STARTED, ESTIMATED));
        RunConfig full = full();
        assertThat(RunForecast.of(List.of(other), full, 100_000, 32, 20).bytes())
                .isNull();
    }

    @Test
    void gradientsFollowTheTrainedEntriesAndActivationsTheBatch() {
        RunForecast f = RunForecast.of(List.of(run(List.of(STARTED, ESTIMATED))), config(32), 2_000, 32, 20);
        assertThat(f.bytes()).isEqualTo(400_000 + 1_000_000 + 2 * 12_000 + 2 * 50_000.0);
        assertThat(f.seconds()).isNull();
    }

    @Test
    void timeIsThatOfAWholeRunForTheTextsSeen() {
        RunModel whole = run(List.of(STARTED, ESTIMATED, stepped(20), new Event.Finished(64)));
        // 64 s for 320 texts; the next one sees 10 epochs of 96
        assertThat(RunForecast.of(List.of(whole), config(16), 1_000, 96, 20).seconds())
                .isEqualTo(192.0);
    }

    @Test
    void timeIsThatOfTheTokensSeenWhereTheRunSaysHowManyTheyWere() {
        Event started = new Event.Started("run", 20, 10, 1_000, 100_000, 32, null, null, null, Map.of(), 320L);
        RunModel whole = run(List.of(started, ESTIMATED, stepped(20), new Event.Finished(64)));
        // 64 s for 10 epochs of 320 tokens; the next one sees 10 epochs of 96 texts of 20 tokens
        assertThat(RunForecast.of(List.of(whole), config(16), 1_000, 96, 20).seconds())
                .isEqualTo(384.0);
    }

    @Test
    void aRunThatWasInterruptedTellsItsTokensASecond() {
        RunModel resumed = run(List.of(STARTED, stepped(3), new Event.Resumed(3), stepped(20), new Event.Finished(9)));
        // 10 epochs of 96 texts of 20 tokens at 500 a second
        assertThat(RunForecast.of(List.of(resumed), config(16), 1_000, 96, 20).seconds())
                .isCloseTo(38.4, Offset.offset(1e-9));
    }

    /// Its first steps, while everything is still being warmed up, say little of a whole run.
    @Test
    void aRunThatWasCancelledTellsNoTime() {
        RunModel cancelled = run(List.of(STARTED, ESTIMATED, stepped(3), new Event.Cancelled()));
        RunForecast f = RunForecast.of(List.of(cancelled), config(16), 1_000, 96, 20);
        assertThat(f.seconds()).isNull();
        assertThat(f.bytes()).isNotNull();
    }

    @Test
    void numbersAreWrittenForPeople() {
        assertThat(RunForecast.memory(612_000_000)).isEqualTo("610 MB");
        assertThat(RunForecast.memory(5.93e9)).isEqualTo("5.9 GB");
        assertThat(RunForecast.duration(14.2)).isEqualTo("14 s");
        assertThat(RunForecast.duration(192)).isEqualTo("3 min");
        assertThat(RunForecast.duration(9000)).isEqualTo("2.5 h");
    }

    private static Event stepped(int step) {
        return new Event.Stepped(step, 1, 0.5, 1e-3, 1, 500);
    }

    private static RunModel run(List<Event> events) {
        RunModel run = new RunModel("run", 0, config(16));
        events.forEach(run::accept);
        return run;
    }

    private static RunConfig full() {
        return new RunConfig(
                1,
                "run",
                "checkpoint",
                null,
                RunConfig.Parameters.FULL,
                new RunConfig.Data(new DataFile("train.csv"), new DataFile("test.csv"), null),
                RunConfig.Settings.DEFAULT);
    }

    private static RunConfig config(int batch) {
        RunConfig.Settings d = RunConfig.Settings.DEFAULT;
        return new RunConfig(
                1,
                "run",
                "checkpoint",
                null,
                RunConfig.Parameters.of(HeadMask.all(2, 4)),
                new RunConfig.Data(new DataFile("train.csv"), new DataFile("test.csv"), null),
                new RunConfig.Settings(new RunConfig.Batches(10, batch, 1), d.optimizer(), null, 0, 0, 0, 64, 0));
    }
}
