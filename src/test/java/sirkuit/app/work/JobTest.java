package sirkuit.app.work;

import static org.assertj.core.api.Assertions.assertThat;

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
