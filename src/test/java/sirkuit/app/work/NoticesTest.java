package sirkuit.app.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void whatWasWrittenCanBeOpenedAndShownInItsFolder() {
        List<Path> shown = new ArrayList<>();
        Path file = Path.of("/projects/one/report.html");
        notices.written("The report is written", file, true, shown::add);
        Notice told = notices.open().getFirst();
        assertThat(told.remedy()).isEqualTo(file.toString());
        told.choices().forEach(c -> c.deed().run());
        assertThat(told.choices()).extracting(Notice.Choice::name).containsExactly("Open", "Show in folder");
        assertThat(shown).containsExactly(file, file.getParent());
        notices.written("The delta is written", file, false, shown::add);
        assertThat(notices.open().getLast().choices())
                .extracting(Notice.Choice::name)
                .containsExactly("Show in folder");
    }
}
