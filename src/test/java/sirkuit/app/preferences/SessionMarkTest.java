package sirkuit.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionMarkTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aProperEndLeavesNothing() throws IOException {
        try (SessionMark mark = SessionMark.begin(folder)) {
            mark.opened(folder.resolve("project"));
            assertThat(marks()).isEqualTo(1);
        }
        assertThat(marks()).isZero();
        try (SessionMark next = SessionMark.begin(folder)) {
            assertThat(next.unclean()).isFalse();
        }
    }

    @Test
    void aMarkThatNobodyHoldsNamesTheProjectAndIsTakenAway() throws IOException {
        Files.createDirectories(folder.resolve("sessions"));
        Files.writeString(folder.resolve("sessions").resolve("window-7.open"), "/home/me/project");
        try (SessionMark mark = SessionMark.begin(folder)) {
            assertThat(mark.unclean()).isTrue();
            assertThat(mark.leftBehind()).containsExactly(Path.of("/home/me/project"));
            assertThat(marks()).isEqualTo(1);
        }
    }

    @Test
    void aWindowThatIsStillOpenIsNotTakenForACrash() throws IOException {
        try (SessionMark first = SessionMark.begin(folder)) {
            first.opened(Path.of("/somewhere"));
            try (SessionMark second = SessionMark.begin(folder)) {
                assertThat(second.unclean()).isFalse();
                assertThat(marks()).isEqualTo(2);
            }
        }
    }

    @Test
    void theProjectThatWasOpenLastIsTheOneThatIsNamed() throws IOException {
        try (SessionMark mark = SessionMark.begin(folder)) {
            mark.opened(Path.of("/a/long/name/of/a/project"));
            mark.opened(Path.of("/short"));
            try (Stream<Path> files = Files.list(folder.resolve("sessions"))) {
                assertThat(files.findFirst().orElseThrow()).hasContent("/short");
            }
        }
    }

    private long marks() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("sessions"))) {
            return files.count();
        }
    }
}
