package sirkuit.app.runs.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;

/// Two runs beside each other.
@Isolated("speaks English for a while")
class RunPairTest {
    private static final HeadMask TOP =
            new HeadMask(2, 4, List.of(new Head(0, 0), new Head(0, 1), new Head(1, 3)), "top 3 by cdt");
    private static final HeadMask MINE = new HeadMask(2, 4, List.of(new Head(0, 1), new Head(1, 2)), "by hand");

    @BeforeEach
    void english() {
        Words.speak("en");
    }

    @Test
    void onlyTheSettingsThatDifferAreListed() {
        RunPair pair = new RunPair(run(TOP, 0.001, 0), run(MINE, 0.0005, 0));
        assertThat(pair.settings())
                .containsExactly(
                        new RunPair.Row("Strategy", "top heads", "other heads"),
                        new RunPair.Row("Heads", "3 of 8", "2 of 8"),
                        new RunPair.Row("Rate", "0.001", "0.0005"));
        assertThat(new RunPair(run(TOP, 0.001, 0), run(TOP, 0.001, 0)).settings())
                .isEmpty();
        assertThat(new RunPair(run(TOP, 0.001, 0), run(TOP, 0.001, 3)).settings())
                .containsExactly(new RunPair.Row("Seed", "0", "3"));
    }

    @Test
    void itSaysHowManyHeadsTheyShare() {
        assertThat(new RunPair(run(TOP, 0.001, 0), run(MINE, 0.001, 0)).heads())
                .isEqualTo("Heads in both: 1, only in the first: 2, only in the second: 1");
        assertThat(new RunPair(run(TOP, 0.001, 0), run(HeadMask.none(3, 4), 0.001, 0)).heads())
                .isEmpty();
    }

    @Test
    void whatEachCameToStandsSideBySide() {
        RunModel finished = run(TOP, 0.001, 0);
        finished.accept(new Event.Evaluated(0, 0, quality(0.5), quality(0.9)));
        finished.accept(new Event.Evaluated(10, 1, quality(0.7), quality(0.8)));
        finished.accept(new Event.Finished(1));
        assertThat(new RunPair(finished, run(TOP, 0.001, 0)).results())
                .contains(new RunPair.Row("Target %", "50.0 → 70.0", "–"));
    }

    private static RunModel run(HeadMask mask, double rate, long seed) {
        return new RunModel(
                "run",
                0,
                new RunConfig(
                        RunConfig.VERSION,
                        "run",
                        "checkpoint",
                        null,
                        RunConfig.Parameters.of(mask),
                        new RunConfig.Data(
                                new DataFile("train.csv"), new DataFile("test.csv"), new DataFile("source.csv")),
                        RunConfig.Settings.DEFAULT.with(rate, seed)));
    }

    private static Quality quality(double accuracy) {
        return new Quality(400, accuracy, accuracy, 1, new int[][] {{1, 0}, {0, 1}});
    }
}
