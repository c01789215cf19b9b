package sirkuit.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;
import org.junit.jupiter.api.Test;
import sirkuit.app.look.Theme;
import sirkuit.app.runs.RunColours;
import sirkuit.app.runs.RunModel;
import sirkuit.figure.TradeOff;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;

class FrontierLinesTest {
    private final List<TradeOff<RunModel>> points = new ArrayList<>();

    /// A run from 50 % on the target and 90 % on the source.
    private void add(String place, double rate, long seed, double target, double source) {
        RunModel run = new RunModel(
                "fair/Minangkabau/" + place + "/seed-" + seed,
                points.size(),
                new RunConfig(
                        RunConfig.VERSION,
                        place,
                        "checkpoint",
                        null,
                        RunConfig.Parameters.of(HeadMask.all(2, 4)),
                        new RunConfig.Data(
                                new DataFile("train.csv"), new DataFile("test.csv"), new DataFile("source.csv")),
                        RunConfig.Settings.DEFAULT.with(rate, seed)));
        run.accept(new Event.Evaluated(0, 0, quality(0.5), quality(0.9)));
        run.accept(new Event.Written("adapted", 10, quality(target), quality(source)));
        run.accept(new Event.Finished(1));
        points.add(Objects.requireNonNull(TradeOff.of(run, run.state())));
    }

    private static Quality quality(double accuracy) {
        return new Quality(100, accuracy, accuracy, 1, new int[][] {{1, 0}, {0, 1}});
    }

    /// The means of the three rates are (1, 10), (3, 20) and (4, 15): the second one beats the third.
    @Test
    void aLineJoinsTheMeansOfTheRatesThatNoOtherOneBeats() {
        add("full/rate-2e-4", 2e-4, 0, 0.7, 0.88);
        add("full/rate-2e-4", 2e-4, 1, 0.7, 0.86);
        add("full/rate-1e-4", 1e-4, 0, 0.6, 0.89);
        add("full/rate-1e-4", 1e-4, 1, 0.6, 0.89);
        add("full/rate-4e-4", 4e-4, 0, 0.65, 0.86);
        add("full/rate-4e-4", 4e-4, 1, 0.65, 0.86);
        add("norms", 1e-3, 0, 0.55, 0.9);
        DefaultXYDataset lines = FrontierLines.of(points, new XYLineAndShapeRenderer(), RunColours.of(Theme.LIGHT));
        assertThat(lines.getSeriesCount()).as("a single rate has no line").isEqualTo(1);
        assertThat(lines.getItemCount(0)).isEqualTo(2);
        double[] read = {lines.getXValue(0, 0), lines.getYValue(0, 0), lines.getXValue(0, 1), lines.getYValue(0, 1)};
        assertThat(read).containsExactly(new double[] {1, 10, 3, 20}, Offset.offset(1e-9));
    }

    @Test
    void allRatesOfAStrategyHaveTheColourOfItsFirstRun() {
        add("norms", 1e-3, 0, 0.55, 0.9);
        add("full/rate-2e-4", 2e-4, 0, 0.7, 0.88);
        add("full/rate-1e-4", 1e-4, 0, 0.6, 0.89);
        assertThat(FrontierLines.number(
                        Objects.requireNonNull(Strategy.of(points.getLast().run())), points))
                .isEqualTo(1);
    }
}
