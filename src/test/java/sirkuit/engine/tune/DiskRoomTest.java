package sirkuit.engine.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import sirkuit.Problem;
import sirkuit.engine.work.Work;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;

@Isolated("sets how long a full disk is waited for")
class DiskRoomTest {
    private static final Problem FULL =
            Problem.of(new IOException("No space left on device"), "engine.not-started", "x");
    private static final Problem OTHER = Problem.of(new IOException("read-only"), "engine.not-started", "x");

    private final List<String> told = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private final Work work = new Work(1, new Request.Quit(), told::add);

    @Test
    void aFullDiskPausesTheRunUntilThereIsRoomAndBothAreWrittenDown() {
        DiskRoom room = new DiskRoom(work, written::add);
        room.at(7);
        int[] tries = {0};
        room.insist(() -> {
            if (++tries[0] < 3) {
                throw FULL;
            }
        });
        assertThat(tries[0]).isEqualTo(3);
        assertThat(told).hasSize(2);
        assertThat(event(told.getFirst())).isInstanceOfSatisfying(Event.Paused.class, p -> assertThat(p.step())
                .isEqualTo(7));
        assertThat(event(told.getLast())).isEqualTo(new Event.Resumed(7));
        assertThat(written).isEqualTo(told);
    }

    @Test
    void whatIsWrittenIsNotWrittenAgainWhenTheDiskIsFullForWhatComesBehind() {
        int[] tries = {0};
        int[] notes = {0};
        DiskRoom room = new DiskRoom(work, line -> {
            if (++notes[0] == 1) {
                throw FULL;
            }
            written.add(line);
        });
        room.insist(() -> {
            if (++tries[0] == 1) {
                throw FULL;
            }
        });
        assertThat(tries[0]).isEqualTo(2);
        assertThat(told).hasSize(2);
        assertThat(written).isEqualTo(told);
    }

    @Test
    void otherFailuresAndThoseOfACancelledRunAreNotWaitedFor() {
        DiskRoom room = new DiskRoom(work, written::add);
        assertThatThrownBy(() -> room.insist(() -> {
                    throw OTHER;
                }))
                .isSameAs(OTHER);
        work.cancel();
        assertThatThrownBy(() -> room.insist(() -> {
                    throw FULL;
                }))
                .isSameAs(FULL);
        assertThat(told).isEmpty();
    }

    @Test
    void aRunThatIsCancelledWhileItWaitsEndsWithTheReason() {
        DiskRoom room = new DiskRoom(work, written::add);
        assertThatThrownBy(() -> room.insist(() -> {
                    if (!told.isEmpty()) {
                        work.cancel();
                    }
                    throw FULL;
                }))
                .isSameAs(FULL);
        assertThat(told).hasSize(1);
        assertThat(event(told.getFirst())).isInstanceOf(Event.Paused.class);
    }

    @Test
    void aDiskThatStaysFullEndsTheRun() {
        System.setProperty("sirkuit.fullDiskPatience", "0");
        try {
            assertThatThrownBy(() -> new DiskRoom(work, written::add).insist(() -> {
                        throw FULL;
                    }))
                    .isSameAs(FULL);
        } finally {
            System.clearProperty("sirkuit.fullDiskPatience");
        }
        assertThat(written).isEmpty();
    }

    private static Event event(String line) {
        return Wire.event(line).body();
    }
}
