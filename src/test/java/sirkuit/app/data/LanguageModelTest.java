package sirkuit.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

class LanguageModelTest {
    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final SimpleObjectProperty<Request.@Nullable Model> checkpoint = new SimpleObjectProperty<>();
    private final LanguageModel language =
            new LanguageModel(new WindowEngine(states -> engine, new Notices()), checkpoint);

    @Test
    void aFolderFillsInEverything() throws IOException {
        Path place = texts("minangkabau");
        language.chooseTrain(place);
        assertThat(language.train().file().get())
                .isEqualTo(place.resolve("train.csv").toString());
        assertThat(language.test().file().get())
                .isEqualTo(place.resolve("test.csv").toString());
        assertThat(language.name().get()).isEqualTo("Minangkabau");
        assertThat(language.missing()).isNull();
    }

    @Test
    void aTrainingFileBringsItsSibling() throws IOException {
        Path place = texts("javanese");
        language.chooseTrain(place.resolve("train.csv"));
        assertThat(language.test().file().get()).endsWith("test.csv");
    }

    @Test
    void textsAreReadOnceTheCheckpointIsKnown() throws IOException {
        language.chooseTrain(texts("javanese"));
        assertThat(engine.asked()).isEmpty();
        checkpoint.set(new Request.Model("checkpoint", null, 64));
        assertThat(engine.asked()).hasSize(2);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        language.train().file().set(folder.resolve("absent.csv").toString());
        assertThat(Objects.requireNonNull(language.train().problem().get()).what())
                .contains("absent.csv")
                .contains("is not a file");
    }

    @Test
    void whatTheEngineSaysAgainstTheTextsIsKept() throws IOException {
        checkpoint.set(new Request.Model("checkpoint", null, 64));
        language.chooseTrain(texts("javanese"));
        engine.asked().getFirst().answer(new Event.Failed("train.csv, line 3: no label.", "Add it.", null));
        assertThat(Objects.requireNonNull(language.train().problem().get()).what())
                .contains("line 3");
        assertThat(language.missing()).isNotNull();
    }

    private Path texts(String name) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        Files.writeString(place.resolve("train.csv"), "text,label\nbagus,positive\n");
        Files.writeString(place.resolve("test.csv"), "text,label\njelek,negative\n");
        return place;
    }
}
