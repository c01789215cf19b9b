package sirkuit.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sirkuit.protocol.Event;

class LossHistoryTest {
    private final LossHistory history = new LossHistory();

    private void add(int step, double loss) {
        history.add(new Event.Stepped(step, 0, loss, 1e-3, 1, 100));
    }

    @Test
    void anHourOfStepsIsDrawnInFewPointsAndNoSpikeIsLost() {
        for (int i = 1; i <= 180_000; i++) {
            add(i, i == 77_777 ? 9 : i == 120_001 ? -1 : 0.5);
        }
        double[][] drawn = history.drawnLoss(1600);
        assertThat(drawn[0]).hasSize(1600).isSorted();
        assertThat(Arrays.stream(drawn[1]).max()).hasValue(9);
        assertThat(Arrays.stream(drawn[1]).min()).hasValue(-1);
        assertThat(drawn[0][0]).isEqualTo(1);
    }

    @Test
    void aStepThatIsToldAgainReplacesItAndWhatFollowed() {
        add(1, 3);
        add(2, 2);
        add(3, 1);
        add(2, 5);
        assertThat(history.size()).isEqualTo(2);
        assertThat(history.loss(1)).isEqualTo(5);
        assertThat(history.last()).isEqualTo(2);
    }

    @Test
    void theSmoothedLossBeginsAtTheFirstLossAndIsAMeanOfWhatCame() {
        add(1, 4);
        add(2, 2);
        double[] smooth = history.drawnSmooth(100)[1];
        assertThat(smooth[0]).isCloseTo(4, Offset.offset(1e-6));
        // (19/21 * 4 + 2) / (19/21 + 1), the weights of an exponential mean over 20 steps
        assertThat(smooth[1]).isCloseTo(2.95, Offset.offset(1e-3));
    }

    @Test
    void theNearestStepBeforeIsFound() {
        add(10, 1);
        add(20, 1);
        assertThat(history.index(9)).isEqualTo(-1);
        assertThat(history.index(19)).isZero();
        assertThat(history.index(25)).isEqualTo(1);
    }
}
