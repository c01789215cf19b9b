package sirkuit.app.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import sirkuit.record.DataFile;

class CourseModelTest {
    private final CourseModel course = new CourseModel();

    @Test
    void aWatchedLanguageIsNamedByItsFolderOrItsFile() {
        course.watch(Path.of("texts", "javanese", "test.csv"));
        course.watch(Path.of("texts", "old", "javanese", "test.csv"));
        course.watch(Path.of("texts", "sundanese.jsonl"));
        assertThat(course.watched().get().keySet()).containsExactly("Javanese", "Javanese (2)", "Sundanese");
        assertThat(course.watched().get())
                .containsEntry(
                        "Sundanese",
                        new DataFile(Path.of("texts", "sundanese.jsonl").toString()));
        course.unwatch("Javanese");
        assertThat(course.watched().get().keySet()).containsExactly("Javanese (2)", "Sundanese");
    }
}
