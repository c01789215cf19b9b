package sirkuit.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;

class JobTest {
    private long now;
    private final Job job = new Job("Scoring", new Request.Inspect("model"), () -> now);

    @AfterEach
    void speakEnglish() {
        Words.speak("en");
    }

    @Test
    void timeLeftIsTheTimeSpentOnTheRest() {
        job.accept(new Event.Progress(Stage.SCORING, 0, 100));
        assertThat(job.timeLeft().get()).isEmpty();
        now += 10_000_000_000L;
        job.accept(new Event.Progress(Stage.SCORING, 20, 100));
        assertThat(job.progress().get()).isEqualTo(0.2);
        assertThat(job.timeLeft().get()).isEqualTo("about 40 s left");
    }

    @Test
    void aNewStageIsForecastFromItsOwnBeginning() {
        job.accept(new Event.Progress(Stage.AVERAGING, 9, 10));
        now += 100_000_000_000L;
        job.accept(new Event.Progress(Stage.SCORING, 0, 100));
        now += 2_000_000_000L;
        job.accept(new Event.Progress(Stage.SCORING, 50, 100));
        assertThat(job.timeLeft().get()).isEqualTo("about 2 s left");
    }

    private void step(int step, double atSeconds) {
        now = (long) (atSeconds * 1e9);
        job.accept(new Event.Stepped(step, 0.5, 1, 1e-3, 1, 100));
    }

    private static Event evaluated(int step) {
        return new Event.Evaluated(step, 0, null, null, Map.of(), null, null);
    }

    @Test
    void nothingIsForecastBeforeATwentiethIsDone() {
        job.accept(new Event.Started("run", 1000, 2, 1, 1, 10));
        step(49, 60);
        assertThat(job.timeLeft().get()).isEmpty();
        step(50, 60);
        assertThat(job.timeLeft().get()).isEqualTo("about 19 min left");
    }

    @Test
    void twoEvaluationsAreEnoughAndTheOneBeforeTheFirstStepDoesNotCount() {
        job.accept(new Event.Started("run", 1000, 2, 1, 1, 10));
        now = 500_000_000_000L;
        job.accept(evaluated(0));
        step(10, 510);
        job.accept(evaluated(10));
        step(20, 520);
        assertThat(job.timeLeft().get()).isEmpty();
        job.accept(evaluated(20));
        step(21, 521);
        assertThat(job.timeLeft().get()).isEqualTo("about 16 min left");
    }

    @Test
    void oneSlowMomentDoesNotTurnTheForecast() {
        job.accept(new Event.Started("run", 100, 2, 1, 1, 10));
        step(20, 120);
        assertThat(job.timeLeft().get()).isEqualTo("about 8 min left");
        step(21, 240);
        assertThat(job.timeLeft().get()).as("not 15").isEqualTo("about 8 min left");
    }

    @Test
    void aResumedRunIsForecastFromWhereItResumed() {
        job.accept(new Event.Started("run", 100, 2, 1, 1, 10));
        job.accept(new Event.Resumed(50));
        step(51, 10);
        assertThat(job.timeLeft().get()).isEmpty();
        step(60, 100);
        assertThat(job.timeLeft().get()).isEqualTo("about 7 min left");
    }

    @Test
    void forecastsAreRounded() {
        assertThat(Job.rounded(0.3)).isEqualTo("about 1 s left");
        assertThat(Job.rounded(43)).isEqualTo("about 45 s left");
        assertThat(Job.rounded(718)).isEqualTo("about 12 min left");
        assertThat(Job.rounded(62 * 60)).isEqualTo("about 60 min left");
        assertThat(Job.rounded(2.6 * 3600)).isEqualTo("about 2.5 h left");
    }

    @Test
    void aRunCountsItsSteps() {
        job.accept(new Event.Started("run", 40, 2, 1, 1, 10));
        job.accept(new Event.Stepped(10, 0.5, 1, 1e-3, 1, 100));
        job.accept(new Event.Progress(Stage.TUNING, 1, 2));
        assertThat(job.stage().get()).isEqualTo("Step 10 of 40");
        assertThat(job.progress().get()).isEqualTo(0.25);
    }

    @Test
    void everyStageIsSaidInTheLanguageOfTheWindow() {
        for (Stage stage : Stage.values()) {
            job.accept(new Event.Progress(stage, "L0 H5", 1, 9));
            String english = job.stage().get();
            assertThat(english).isNotBlank();
            Words.speak("id");
            job.accept(new Event.Progress(stage, "L0 H5", 1, 9));
            Words.speak("en");
            assertThat(job.stage().get().equals(english)).as(english).isEqualTo(stage == Stage.OTHER);
            assertThat(english.contains("L0 H5")).as(english).isEqualTo(stage.detailed());
        }
    }

    @Test
    void withoutATotalTheProgressIsUnknown() {
        job.accept(new Event.Progress(Stage.READING, 3, 0));
        assertThat(job.progress().get()).isEqualTo(Job.UNKNOWN);
    }
}
