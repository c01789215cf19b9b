package sirkuit.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.IntBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is dropped looks like independent draws.
class DropoutMaskTest {
    private static final int COUNT = 1 << 20;

    /// Five standard deviations of a share among `COUNT` draws, at most.
    private static final double CLOSE = 5 * 0.5 / Math.sqrt(COUNT);

    private static boolean[] dropped(long seed, double probability) {
        IntBuffer mask = IntBuffer.allocate(COUNT);
        DropoutMask.fill(mask, seed, probability);
        boolean[] dropped = new boolean[COUNT];
        for (int i = 0; i < COUNT; i++) {
            float value = Float.intBitsToFloat(mask.get(i));
            assertThat(value == 0 || value == (float) (1 / (1 - probability))).isTrue();
            dropped[i] = value == 0;
        }
        return dropped;
    }

    private static double share(java.util.function.IntPredicate holds) {
        return java.util.stream.IntStream.range(0, COUNT).filter(holds).count() / (double) COUNT;
    }

    @Test
    void asManyAreDroppedAsWasAskedFor() {
        for (double p : new double[] {0.001, 0.1, 0.5, 0.9}) {
            for (long seed : new long[] {0, 1, Long.MAX_VALUE, 0x9e3779b97f4a7c15L >>> 1}) {
                boolean[] d = dropped(seed, p);
                assertThat(share(i -> d[i])).as("p %s, seed %s", p, seed).isCloseTo(p, within(CLOSE));
            }
        }
    }

    @Test
    void whetherOneIsDroppedTellsNothingOfItsNeighboursNearAndFar() {
        boolean[] d = dropped(17, 0.3);
        for (int lag : new int[] {1, 2, 3, 16, 64, 128, 768, 4096, 65_536}) {
            assertThat(share(i -> d[i] && d[(i + lag) % COUNT]))
                    .as("lag %s", lag)
                    .isCloseTo(0.09, within(CLOSE));
        }
    }

    @Test
    void masksOfOtherSeedsHaveNothingInCommon() {
        Random random = new Random(3);
        boolean[] d = dropped(17, 0.3);
        long golden = 0x9e3779b9L << 32;
        for (long seed : new long[] {18, 17L << 32, 17 + golden, random.nextLong() >>> 1, random.nextLong() >>> 1}) {
            boolean[] e = dropped(seed, 0.3);
            for (int lag : new int[] {0, 1, 2}) {
                assertThat(share(i -> d[i] && e[(i + lag) % COUNT]))
                        .as("seed %s, lag %s", seed, lag)
                        .isCloseTo(0.09, within(CLOSE));
            }
        }
    }

    @Test
    void theSameSeedDropsTheSame() {
        assertThat(dropped(5, 0.2)).isEqualTo(dropped(5, 0.2)).isNotEqualTo(dropped(6, 0.2));
    }
}
