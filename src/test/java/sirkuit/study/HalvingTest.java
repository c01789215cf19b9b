package sirkuit.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HalvingTest {
    private static final List<Double> RATES = List.of(1e-4, 2e-4, 4e-4, 8e-4);
    private static final Path FOLDER = Path.of("study");

    /// Valid accuracies of the four rates with three seeds; NaN for a run that diverges.
    private final double[][] valid = {{0.60, 0.90, 0.90}, {0.70, 0.60, 0.60}, {0.65, 0.68, 0.70}, {0.50, 0.10, 0.10}};

    private final StudyPlan plan = MadeStudy.plan(FOLDER, RATES, List.of(5L, 6L, 7L), true, null);
    private final List<StudyPlan.Cell> cells =
            plan.cells(FOLDER).stream().filter(c -> c.strategy().equals("full")).toList();

    private Halving.Ended end(StudyPlan.Cell cell) {
        double v = valid[RATES.indexOf(cell.rate())][(int) cell.seed() - 5];
        return new Halving.Ended(Double.isNaN(v), Double.isNaN(v) ? null : v);
    }

    private static String words(StudyPlan.Cell cell) {
        return (RATES.indexOf(cell.rate()) + 1) + " with " + cell.seed();
    }

    /// The runs in the order in which they are made.
    ///
    /// @param random which of the next ones is made; null for the first
    private List<String> made(@Nullable RandomGenerator random) {
        Map<Path, Halving.Ended> ended = new HashMap<>();
        List<String> made = new ArrayList<>();
        List<StudyPlan.Cell> next;
        while (!(next = Halving.next(plan, cells, ended)).isEmpty()) {
            StudyPlan.Cell cell = next.get(random == null ? 0 : random.nextInt(next.size()));
            assertThat(ended).doesNotContainKey(cell.folder());
            ended.put(cell.folder(), end(cell));
            made.add(words(cell));
        }
        return made;
    }

    /// After seed 5 the second and the third rate are ahead. After seed 6 their means are 65 % and 66.5 %. The third
    /// one and its neighbours get all seeds; it stays the best with 67.7 %, against 63.3 %.
    @Test
    void theBetterHalfGoesOnUntilTheBestAndItsNeighboursHaveAllSeeds() {
        assertThat(made(null))
                .containsExactly(
                        "1 with 5",
                        "2 with 5",
                        "3 with 5",
                        "4 with 5", // all
                        "2 with 6",
                        "3 with 6", // the better half
                        "3 with 7", // the better half of these
                        "4 with 6",
                        "2 with 7",
                        "4 with 7"); // and its neighbours
    }

    /// With 96 % instead of 60 % for its last seed, the second rate has a mean of 75.3 %. Its other neighbour is the
    /// first.
    @Test
    void aNeighbourThatTurnsOutBetterGetsItsNeighboursToo() {
        valid[1][2] = 0.96;
        assertThat(made(null)).hasSize(12).endsWith("1 with 6", "1 with 7");
    }

    @Test
    void aRateThatDivergesIsGivenUpAndTheNextBestTakesItsPlace() {
        valid[1][0] = Double.NaN;
        assertThat(made(null))
                .startsWith("1 with 5", "2 with 5", "3 with 5", "4 with 5", "1 with 6", "3 with 6")
                .noneMatch(run -> run.startsWith("2 with 6") || run.startsWith("2 with 7"));
    }

    /// The first rate has a mean of 75 % after two seeds, and is the best.
    @Test
    void theLowestRateHasOneNeighbour() {
        valid[1][0] = 0.4;
        assertThat(made(null))
                .containsExactly(
                        "1 with 5",
                        "2 with 5",
                        "3 with 5",
                        "4 with 5",
                        "1 with 6",
                        "3 with 6",
                        "1 with 7",
                        "2 with 6",
                        "2 with 7");
    }

    @Test
    void ofEqualRatesTheSmallerOnesGoOn() {
        for (double[] rate : valid) {
            java.util.Arrays.fill(rate, 0.5);
        }
        assertThat(made(null))
                .containsExactly(
                        "1 with 5", "2 with 5", "3 with 5", "4 with 5", "1 with 6", "2 with 6", "1 with 7", "2 with 7");
    }

    /// Whatever the order in which runs end, and so wherever a study was stopped, the same runs are made.
    @Test
    void theSameRunsAreMadeInAnyOrder() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        for (int study = 0; study < 300; study++) {
            for (double[] rate : valid) {
                for (int seed = 0; seed < rate.length; seed++) {
                    rate[seed] = random.nextInt(12) == 0 ? Double.NaN : random.nextInt(8) / 8.0;
                }
            }
            assertThat(new TreeSet<>(made(random))).isEqualTo(new TreeSet<>(made(null)));
        }
    }

    @Test
    void withoutHalvingOrWithoutAValidSplitTheWholeGridIsRun() {
        StudyPlan whole = MadeStudy.plan(FOLDER, RATES, plan.seeds(), false, null);
        assertThat(Halving.next(whole, whole.cells(FOLDER), Map.of())).hasSize(24);
        Map<Path, Halving.Ended> ended = new HashMap<>();
        cells.subList(0, 4).forEach(c -> ended.put(c.folder(), new Halving.Ended(false, null)));
        assertThat(Halving.next(plan, cells, ended)).hasSize(4).allMatch(c -> c.seed() == 6);
    }

    @Test
    void strategiesAreHalvedOnTheirOwn() {
        Map<Path, Halving.Ended> ended = new HashMap<>();
        cells.subList(0, 4).forEach(c -> ended.put(c.folder(), end(c)));
        List<StudyPlan.Cell> next = Halving.next(plan, plan.cells(FOLDER), ended);
        assertThat(next)
                .filteredOn(c -> c.strategy().equals(MadeStudy.HEADS))
                .hasSize(4)
                .allMatch(c -> c.seed() == 5);
        assertThat(next)
                .filteredOn(c -> c.strategy().equals("full"))
                .extracting(HalvingTest::words)
                .containsExactly("2 with 6", "3 with 6");
    }
}
