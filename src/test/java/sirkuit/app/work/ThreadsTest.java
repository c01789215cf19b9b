package sirkuit.app.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    private final Threads threads = Threads.behind(Runnable::run);

    @Test
    void whatWasQueuedIsDoneWhenItHasClosed() throws InterruptedException {
        AtomicBoolean written = new AtomicBoolean();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        threads.write(
                () -> {
                    busy.countDown();
                    await(free);
                },
                e -> {});
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
        threads.write(() -> written.set(true), e -> {});
        Thread.startVirtualThread(() -> {
            LockSupport.parkNanos(200_000_000); // the disk is slow, and closing comes first
            free.countDown();
        });
        threads.close();
        assertThat(written).isTrue();
    }

    @Test
    void whatComesAfterClosingIsLeftUndone() {
        threads.close();
        assertThatCode(() -> threads.write(() -> {}, e -> {})).doesNotThrowAnyException();
    }

    @Test
    void anExceptionIsToldInTheWindow() {
        List<String> told = new ArrayList<>();
        threads.fetch(
                () -> {
                    throw new IllegalStateException("disk");
                },
                value -> told.add("result"),
                e -> told.add(e.getMessage()));
        threads.close();
        assertThat(told).containsExactly("disk");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
