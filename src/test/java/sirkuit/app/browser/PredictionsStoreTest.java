package sirkuit.app.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static sirkuit.app.browser.Rows.part;
import static sirkuit.app.browser.Rows.row;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sirkuit.protocol.Event;

/// What is kept of each row is what the engine told.
class PredictionsStoreTest {
    @Test
    void everyRowComesBackAsItWasTold() {
        Random random = new Random(4);
        List<Event.Predicted.Row> told = IntStream.range(0, 3000)
                .mapToObj(i -> new Event.Predicted.Row(
                        "Teks " + i + " é 👍 " + "x".repeat(random.nextInt(40)),
                        "pasangan " + i,
                        i % 3,
                        i % 2 == 0 ? "id" : null,
                        random.nextInt(3),
                        new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat()}))
                .toList();
        Predictions store = new Predictions(Rows.LABELS, told.size());
        for (int from = 0; from < told.size(); from += 700) { // the last part is shorter
            store.add(new Event.Predicted(
                    from, told.size(), Rows.LABELS, told.subList(from, Math.min(told.size(), from + 700))));
        }
        assertThat(store.size()).isEqualTo(3000);
        for (int i = 0; i < told.size(); i++) {
            assertThat(store.row(i)).usingRecursiveComparison().isEqualTo(told.get(i));
        }
    }

    @Test
    void searchFindsWordsInAnyCaseAndNeverAcrossRows() {
        Predictions store = Rows.store(
                row("Filmnya BAGUS sekali", 2, 2, 0.9),
                row("bag", 0, 0, 0.9),
                row("us dan bagus, bagus", 1, 1, 0.9),
                row("ÉCLAIR", 1, 1, 0.9));
        assertThat(found(store, "bagus")).containsExactly(0, 2);
        assertThat(found(store, "éclair")).containsExactly(3);
        assertThat(found(store, "tidak")).isEmpty();
        assertThat(found(store, "b")).containsExactly(0, 1, 2);
    }

    @Test
    void searchFindsWhatAPlainSearchFinds() {
        Predictions store = Rows.many(5000, 8);
        for (String words : List.of("ab", "q", "xyz", "o p", "e")) {
            assertThat(found(store, words))
                    .containsExactlyElementsOf(IntStream.range(0, store.size())
                            .filter(i -> store.text(i).contains(words))
                            .boxed()
                            .toList());
        }
    }

    @Test
    void theSecondTextIsSearchedToo() {
        Predictions store = new Predictions(Rows.LABELS, 2);
        store.add(part(
                0,
                2,
                new Event.Predicted.Row("a", "kucing", 0, null, 0, new float[3]),
                new Event.Predicted.Row("kucing", "b", 0, null, 0, new float[3])));
        assertThat(found(store, "Kucing")).containsExactly(0, 1);
        assertThat(found(store, "b")).containsExactly(1);
    }

    @Test
    void anotherFilesRowsAreNotTakenForTheSame() {
        Predictions store = Rows.store(row("a", 0, 0, 0.9), row("b", 0, 0, 0.9));
        assertThat(store.addBefore(part(0, 2, row("a", 0, 1, 0.9)))).isTrue();
        assertThat(store.addBefore(part(1, 2, row("c", 0, 1, 0.9)))).isFalse();
        assertThat(store.addBefore(part(0, 2, row("b", 0, 1, 0.9)))).isFalse();
        assertThat(store.rowBefore(0).predicted()).isEqualTo(1);
        assertThat(store.rowBefore(1)).isNull();
        assertThat(store.change(0)).isEqualTo(Change.GAINED);
        assertThat(store.change(1)).isNull();
    }

    @Test
    void confidenceSortsTheLeastSureFirstAndKeepsTheOrderOfEqualOnes() {
        Predictions store =
                Rows.store(row("a", 0, 0, 0.9), row("b", 0, 1, 0.4), row("c", 0, 2, 0.9), row("d", 0, 0, 0.55));
        assertThat(store.byConfidence()).containsExactly(1, 3, 0, 2);
    }

    private static List<Integer> found(Predictions store, String words) {
        BitSet found = store.find(words);
        return found.stream().boxed().toList();
    }
}
