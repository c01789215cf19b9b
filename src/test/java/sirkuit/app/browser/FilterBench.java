package sirkuit.app.browser;

import java.util.Arrays;

/// Times filtering 100 000 rows. Not a test: run it by hand.
///
/// Prints medians over 50 filterings, as the JavaFX thread does them on each change: search, all other filters, and
/// sorting by confidence.
final class FilterBench {
    private static final int ROWS = 100_000;
    private static final int TIMES = 50;

    private FilterBench() {}

    @SuppressWarnings("SystemOut") // what it is for
    public static void main(String[] arguments) {
        System.gc();
        long before = used();
        Predictions store = Rows.many(ROWS, 1);
        System.gc();
        System.out.printf("%d rows with the answers of two checkpoints: %.0f MB%n", ROWS, (used() - before) / 1e6);
        Filter rare = Filter.ALL.withWords("qzx");
        Filter frequent = Filter.ALL.withWords("e");
        Filter all = new Filter("ab", 0, 1, false, 0.5, 0.9, "id", Change.LOST);
        time("no filter, order of the file", store, Filter.ALL, false);
        time("search for a rare word", store, rare, false);
        time("search for a frequent letter", store, frequent, false);
        time("search and every other filter", store, all, false);
        time("the same, sorted by confidence", store, all, true);
    }

    @SuppressWarnings("SystemOut")
    private static void time(String name, Predictions store, Filter filter, boolean sorted) {
        double[] times = new double[TIMES];
        int shown = 0;
        for (int i = -10; i < TIMES; i++) { // the first ones warm up
            long start = System.nanoTime();
            shown = Filtered.of(
                            store,
                            filter,
                            sorted ? store.byConfidence() : null,
                            filter.words().isEmpty() ? null : store.find(filter.words()))
                    .rows()
                    .length;
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / 1e6;
            } else if (i == -10) {
                System.out.printf("%s: first %.1f ms, ", name, (System.nanoTime() - start) / 1e6);
            }
        }
        Arrays.sort(times);
        System.out.printf("median %.1f ms, %d rows shown%n", times[TIMES / 2], shown);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
