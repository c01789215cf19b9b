package sirkuit.app.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import sirkuit.mask.Head;

class MarkedHeadTest {
    @Test
    void headsWithANoteOrALockAreListedInOrder() {
        var notes = new TreeMap<>(Map.of(new Head(2, 1), "reads  the\nword before", new Head(0, 3), "both"));
        assertThat(MarkedHead.all(Set.of(new Head(1, 0), new Head(0, 3)), notes))
                .extracting(m -> m.name() + ": " + m.words())
                .containsExactly("L0 H3: locked; both", "L1 H0: locked", "L2 H1: reads the word before");
    }

    @Test
    void notesAreReadByTheNamesOfTheirHeads() {
        assertThat(MarkedHead.byHead(Map.of("2.1", "a", "10.3", "b", "nobody", "c")))
                .isEqualTo(Map.of(new Head(2, 1), "a", new Head(10, 3), "b"));
    }
}
