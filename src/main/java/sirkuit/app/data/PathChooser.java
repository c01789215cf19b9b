package sirkuit.app.data;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.StartFolder;
import sirkuit.app.look.Words;

/// Lets the user choose a file or folder in the system's dialog, which begins where [StartFolder] says.
public final class PathChooser {
    private final Node owner;
    private @Nullable File beside;

    /// @param owner the dialogs belong to its window
    public PathChooser(Node owner) {
        this.owner = owner;
    }

    /// The next dialog starts in the folder of this file, if that exists.
    public PathChooser beside(String present) {
        Path place = present.isBlank() ? null : TypedPath.of(present);
        Path folder = place == null ? null : place.toAbsolutePath().getParent();
        if (folder != null && Files.isDirectory(folder)) {
            beside = folder.toFile();
        }
        return this;
    }

    public void folder(String title, Consumer<Path> chosen) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        chooser.setInitialDirectory(start());
        take(chooser.showDialog(owner.getScene().getWindow()), chosen);
    }

    public void texts(String title, Consumer<Path> chosen) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialDirectory(start());
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter(
                                Words.of("form.files.texts"),
                                "*.csv",
                                "*.tsv",
                                "*.jsonl",
                                "*.ndjson",
                                "*.parquet",
                                "*.gz"),
                        new FileChooser.ExtensionFilter(Words.of("form.files.all"), "*"));
        take(chooser.showOpenDialog(owner.getScene().getWindow()), chosen);
    }

    private void take(@Nullable File file, Consumer<Path> chosen) {
        if (file != null) {
            StartFolder.chosen(file.toPath());
            chosen.accept(file.toPath());
        }
    }

    private File start() {
        File first = beside;
        beside = null;
        return first == null ? StartFolder.now() : first;
    }
}
