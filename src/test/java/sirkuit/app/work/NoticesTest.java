package sirkuit.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sirkuit.Problem;
import sirkuit.protocol.Event;

class NoticesTest {
    private final Notices notices = new Notices();

    @Test
    void theSameSentenceIsToldOnceAndItsDetailsAreKept() {
        notices.tell(new Event.Failed("The engine stopped.", "Run it again.", "a stack trace"));
        notices.tell(Problem.plain("The engine stopped.", "Run it again."));
        assertThat(notices.open()).singleElement().extracting(Notice::details).isEqualTo("a stack trace");
    }

    @Test
    void aMistakeOfOursSaysSoAndCarriesItsTrace() {
        notices.tell(new IllegalStateException("oops"));
        Notice told = notices.open().getFirst();
        assertThat(told.what()).contains("a bug in Sirkuit");
        assertThat(told.text()).contains("IllegalStateException: oops");
    }

    @Test
    void whatWasUndoableStaysSoWhenItIsToldWithDetails() {
        int[] undone = {0};
        notices.inform("A run was deleted.", "It can be had back.", () -> undone[0]++);
        Runnable back = notices.open().getFirst().back();
        assertThat(back).isNotNull();
        back.run();
        assertThat(undone[0]).isEqualTo(1);
        assertThat(notices.open().getFirst().with("more").back()).isSameAs(back);
    }
}
