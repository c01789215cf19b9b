package sirkuit.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;

class DroppedTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void whatWasDroppedIsToldByWhatIsInIt() throws IOException {
        assertThat(dropped("project/project.json")).isEqualTo(new Dropped.ProjectFolder(folder.resolve("project")));
        assertThat(Dropped.of(List.of(folder.resolve("project"))))
                .isEqualTo(new Dropped.ProjectFolder(folder.resolve("project")));
        assertThat(dropped("model/config.json")).isEqualTo(new Dropped.Checkpoint(folder.resolve("model")));
        assertThat(dropped("model/model.safetensors")).isEqualTo(new Dropped.Checkpoint(folder.resolve("model")));
        assertThat(Dropped.of(List.of(folder.resolve("model"))))
                .isEqualTo(new Dropped.Checkpoint(folder.resolve("model")));
        Path train = folder.resolve("texts/TRAIN.TSV.GZ");
        assertThat(dropped("texts/TRAIN.TSV.GZ")).isEqualTo(new Dropped.Texts(train));
        assertThat(dropped("picture.png")).isInstanceOf(Dropped.Unusable.class);
    }

    @Test
    void ofSeveralTheFirstThatCanBeUsedCounts() throws IOException {
        dropped("picture.png");
        dropped("train.csv");
        assertThat(Dropped.of(List.of(folder.resolve("picture.png"), folder.resolve("train.csv"))))
                .isEqualTo(new Dropped.Texts(folder.resolve("train.csv")));
        assertThat(Dropped.of(List.of())).isInstanceOf(Dropped.Unusable.class);
    }

    @Test
    void onTheFormTextsGoToTheSourceFirstAndThenToTheTarget() throws IOException {
        NewProjectModel form = new NewProjectModel(new WindowEngine(states -> new NoEngine(), new Notices()));
        form.take(dropped("model/config.json"));
        assertThat(form.checkpoint().folder().get())
                .isEqualTo(folder.resolve("model").toString());
        dropped("indonesian/test.csv");
        form.take(dropped("indonesian/train.csv"));
        form.take(dropped("minangkabau/train.csv"));
        assertThat(form.source().name().get()).isEqualTo("Indonesian");
        assertThat(form.source().test().file().get()).endsWith("test.csv");
        assertThat(form.target().name().get()).isEqualTo("Minangkabau");
    }

    private Dropped dropped(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Dropped.of(List.of(file));
    }
}
