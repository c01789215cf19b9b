package sirkuit.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;

class TypedPathTest {
    private static final String NO_PATH = "a\0b";
    private final WindowEngine engine = new WindowEngine(states -> new NoEngine(), new Notices());

    @Test
    void whatCannotBeAPathIsSaidBelowTheField() {
        CheckpointModel checkpoint = new CheckpointModel(engine);
        checkpoint.folder().set(NO_PATH);
        assertThat(checkpoint.problem().get())
                .isNotNull()
                .extracting(Notice::what)
                .asString()
                .contains("is not a valid path");
        TextsModel texts = new TextsModel(engine, new SimpleObjectProperty<>());
        texts.file().set(NO_PATH);
        assertThat(texts.problem().get())
                .isNotNull()
                .extracting(Notice::what)
                .asString()
                .contains("is not a valid path");
    }

    @Test
    void aTypedPathIsMadeAbsolute() {
        assertThat(TypedPath.absolute(" data/../train.csv "))
                .isEqualTo(Path.of("train.csv").toAbsolutePath().toString());
        assertThat(TypedPath.absolute("~/texts"))
                .isEqualTo(Path.of(System.getProperty("user.home"), "texts").toString());
        assertThat(TypedPath.absolute("")).isEmpty();
        assertThat(TypedPath.absolute(NO_PATH)).isEqualTo(NO_PATH);
    }
}
