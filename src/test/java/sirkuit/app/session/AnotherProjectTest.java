package sirkuit.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.project.NewProjectModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// Going from one project to another.
class AnotherProjectTest {
    @TempDir
    Path folder = Path.of("");

    private final Notices notices = new Notices();
    private @Nullable ShellModel opened;

    @AfterEach
    void close() {
        shell().close();
    }

    private ShellModel shell() {
        if (opened == null) {
            opened = new ShellModel(
                    new WindowEngine(states -> new NoEngine(), notices),
                    notices,
                    new Threads(Runnable::run, Runnable::run),
                    Preferences.NONE,
                    folder.resolve("config"));
        }
        return opened;
    }

    private Path made(String name) throws IOException {
        Path place = folder.resolve(name);
        DataFile texts = new DataFile("texts.csv");
        ProjectFile.Language language = new ProjectFile.Language("Indonesian", texts, texts);
        Project.create(place, new ProjectFile(1, name, folder.toString(), null, language, language, 64))
                .close();
        Files.writeString(place.resolve("texts.csv"), "text,label\n");
        return place;
    }

    @Test
    void aProjectStaysOpenWhenTheOtherCannotBeOpened() throws IOException {
        shell().open(made("first"));
        WorkbenchModel first = Objects.requireNonNull(shell().workbench().get());
        Path broken = made("broken").resolve("project.json");
        Files.writeString(broken, "{");
        shell().open(broken.getParent());
        shell().open(folder.resolve("nothing"));
        shell().openReadOnly(folder.resolve("nothing"));
        assertThat(shell().workbench().get()).isSameAs(first);
        assertThat(notices.open()).extracting(Notice::what).anyMatch(w -> w.contains("no project.json"));
        try (Project still = Project.open(folder.resolve("first"))) {
            assertThat(still.readOnly()).as("it is still the window's").isTrue();
        }
    }

    @Test
    void theProjectBeforeIsLetGoOnceTheOtherIsOpen() throws IOException {
        Path first = made("first");
        shell().open(first);
        shell().open(made("second"));
        assertThat(Objects.requireNonNull(shell().workbench().get())
                        .file()
                        .get()
                        .name())
                .isEqualTo("second");
        try (Project free = Project.open(first)) {
            assertThat(free.readOnly()).isFalse();
        }
    }

    /// Its lock is this window's own, by whatever way the folder is named.
    @Test
    void theSameProjectOpenedAgainCanBeWritten() throws IOException {
        Path place = made("first");
        Path link = Files.createSymbolicLink(folder.resolve("link"), place);
        for (Path again : java.util.List.of(place, place, link)) {
            shell().open(again);
            assertThat(Objects.requireNonNull(shell().workbench().get())
                            .readOnly()
                            .get())
                    .isFalse();
        }
    }

    @Test
    void aFormThatWasBegunIsKeptUntilAProjectIsMadeOfItOrItIsCleared() throws IOException {
        NewProjectModel form = shell().form().get();
        assertThat(form.begun().getValue()).isFalse();
        form.name().set("half of it");
        assertThat(form.begun().getValue()).isTrue();
        shell().open(made("first"));
        shell().leave();
        assertThat(shell().form().get()).isSameAs(form);
        form.location().set(folder.resolve("first").toString()); // where there is one already
        shell().create(form);
        assertThat(shell().form().get()).isSameAs(form);
        form.location().set(folder.resolve("made").toString());
        form.source().name().set("Indonesian");
        form.source().train().file().set(folder.resolve("first/texts.csv").toString());
        form.source().test().file().set(folder.resolve("first/texts.csv").toString());
        form.checkpoint().folder().set(folder.toString());
        shell().create(form);
        assertThat(shell().workbench().get()).isNotNull();
        assertThat(shell().form().get()).isNotSameAs(form);
        shell().clear(form);
        NewProjectModel empty = shell().form().get();
        empty.name().set("another");
        shell().clear(empty);
        assertThat(shell().form().get().begun().getValue()).isFalse();
    }
}
