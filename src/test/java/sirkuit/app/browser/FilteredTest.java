package sirkuit.app.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static sirkuit.app.browser.Rows.in;
import static sirkuit.app.browser.Rows.part;
import static sirkuit.app.browser.Rows.row;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which rows a filter leaves, and what is counted beside them.
class FilteredTest {
    /// Right, wrong, right, wrong, right, by label and answer.
    private final Predictions store = Rows.store(
            in("id", row("bagus", 2, 2, 0.95)),
            in("id", row("buruk", 0, 1, 0.50)),
            in("min", row("biasa", 1, 1, 0.70)),
            in("min", row("rancak", 2, 0, 0.60)),
            in("min", row("indah", 2, 2, 0.45)));

    private Filtered by(Filter filter) {
        return Filtered.of(store, filter, null, filter.words().isEmpty() ? null : store.find(filter.words()));
    }

    @Test
    void withoutAFilterAllRowsAreShownInTheOrderOfTheFile() {
        Filtered all = by(Filter.ALL);
        assertThat(all.rows()).containsExactly(0, 1, 2, 3, 4);
        assertThat(all.right()).isEqualTo(3);
        assertThat(all.confusion()).isDeepEqualTo(new int[][] {{0, 1, 0}, {0, 1, 0}, {1, 0, 2}});
        assertThat(all.balance()).containsExactly(1, 1, 3);
        assertThat(all.changes()).isEmpty();
    }

    @Test
    void eachPartOfTheFilterTakesRowsAway() {
        assertThat(by(Filter.ALL.withLabel(2)).rows()).containsExactly(0, 3, 4);
        assertThat(by(Filter.ALL.withPredicted(1)).rows()).containsExactly(1, 2);
        assertThat(by(Filter.ALL.withRight(true)).rows()).containsExactly(0, 2, 4);
        assertThat(by(Filter.ALL.withRight(false)).rows()).containsExactly(1, 3);
        assertThat(by(Filter.ALL.withConfidence(0.5, 0.75)).rows()).containsExactly(1, 2, 3);
        assertThat(by(Filter.ALL.withLanguage("min")).rows()).containsExactly(2, 3, 4);
        assertThat(by(Filter.ALL.withLanguage("sw")).rows()).isEmpty();
        assertThat(by(Filter.ALL.withWords("A")).rows()).containsExactly(0, 2, 3, 4);
        assertThat(by(Filter.ALL
                                .withLanguage("min")
                                .withLabel(2)
                                .withRight(true)
                                .withWords("in"))
                        .rows())
                .containsExactly(4);
    }

    @Test
    void theMatrixKeepsItsNumbersWhenOneOfItsCellsIsChosen() {
        Filter cell = Filter.ALL.toggled(2, 0);
        assertThat(by(cell).rows()).containsExactly(3);
        assertThat(by(cell).confusion()).isDeepEqualTo(by(Filter.ALL).confusion());
        assertThat(cell.toggled(2, 0)).isEqualTo(Filter.ALL);
        assertThat(cell.toggled(0, 1)).isEqualTo(Filter.ALL.withLabel(0).withPredicted(1));
        assertThat(by(cell.withLanguage("id")).confusion())
                .isDeepEqualTo(new int[][] {{0, 1, 0}, {0, 0, 0}, {0, 0, 1}});
    }

    @Test
    void gainedAndLostAreToldSentenceBySentence() {
        assertThat(store.addBefore(part(
                        0,
                        5,
                        row("bagus", 2, 0, 0.9), // wrong, then right
                        row("buruk", 0, 0, 0.9), // right, then wrong
                        row("biasa", 1, 1, 0.9), // right both times
                        row("rancak", 2, 1, 0.9), // wrong both times
                        row("indah", 2, 1, 0.9)))) // wrong, then right
                .isTrue();
        assertThat(by(Filter.ALL).changes())
                .isEqualTo(Map.of(Change.GAINED, 2, Change.LOST, 1, Change.KEPT, 1, Change.NEVER, 1));
        assertThat(by(Filter.ALL.withChange(Change.GAINED)).rows()).containsExactly(0, 4);
        assertThat(by(Filter.ALL.withChange(Change.LOST)).rows()).containsExactly(1);
        assertThat(by(Filter.ALL.withChange(Change.NEVER)).rows()).containsExactly(3);
        Filtered gainedOfMin = by(Filter.ALL.withChange(Change.GAINED).withLanguage("min"));
        assertThat(gainedOfMin.rows()).containsExactly(4);
        assertThat(gainedOfMin.changes().get(Change.NEVER)).isEqualTo(1);
        assertThat(gainedOfMin.confusion()).isDeepEqualTo(new int[][] {{0, 0, 0}, {0, 0, 0}, {0, 0, 1}});
    }

    @Test
    void rowsComeInTheOrderAskedFor() {
        assertThat(Filtered.of(store, Filter.ALL.withLabel(2), store.byConfidence(), null)
                        .rows())
                .containsExactly(4, 3, 0);
    }
}
