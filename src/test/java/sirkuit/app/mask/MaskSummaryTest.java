package sirkuit.app.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;

@Isolated("speaks another language for a while")
class MaskSummaryTest {
    @Test
    void itCountsWhatIsInTheHeads() {
        Event.Inspected checkpoint = new Event.Inspected(
                "c",
                "bert",
                "B",
                new Event.Inspected.Shape(2, 4, 16, 4),
                new Event.Inspected.Counts(100_000, 1_000, 500),
                List.of("a", "b"),
                24,
                30,
                "F32");
        HeadMask two = new HeadMask(2, 4, List.of(new Head(0, 1), new Head(1, 3)), "by hand");
        assertThat(MaskSummary.of(two, checkpoint))
                .isEqualTo("2 of 8 heads · 2\u202f000 parameters, 2.0\u202f% of 100\u202f000");
        assertThat(MaskSummary.of(two, null)).isEqualTo("2 of 8 heads");
    }

    @Test
    void layersWithHeadsAreToldOneByOne() {
        sirkuit.app.look.Words.speak("en");
        HeadMask mask = new HeadMask(
                3,
                4,
                java.util.List.of(
                        new sirkuit.mask.Head(0, 1), new sirkuit.mask.Head(2, 0), new sirkuit.mask.Head(2, 3)),
                "by hand");
        assertThat(MaskSummary.perLayer(mask)).isEqualTo("L0: 1 of 4\nL2: 2 of 4");
    }

    @Test
    void lockedHeadsAmongThemAreCounted() {
        sirkuit.app.look.Words.speak("en");
        HeadMask two = new HeadMask(2, 4, List.of(new Head(0, 1), new Head(1, 3)), "top 1 by cdt, 1 locked");
        assertThat(MaskSummary.of(two, null, java.util.Set.of(new Head(1, 3), new Head(0, 0)), true))
                .isEqualTo("2 of 8 heads, 1 of them locked");
    }
}
