package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import sirkuit.UsesWindow;

/// The window that tests drive.
@UsesWindow
class DrivenWindowTest {
    /// What the test does, in a process of its own: in this one another test may have started the toolkit.
    static final class OnlyClosed {
        private OnlyClosed() {}

        public static void main(String[] args) throws TimeoutException {
            new DrivenWindow().close();
            System.out.println("closed");
        }
    }

    @Test
    void closedWithoutHavingBeenOpenedItDoesNothing() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OnlyClosed.class.getName())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told).contains("closed");
    }
}
