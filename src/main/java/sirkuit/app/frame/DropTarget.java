package sirkuit.app.frame;

import java.io.File;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import sirkuit.app.project.Dropped;

/// Takes files that are dropped anywhere onto the window.
public final class DropTarget {
    private static final PseudoClass OVER = PseudoClass.getPseudoClass("drop");

    /// @param dropped receives the files, on the window's thread and after the drag has ended
    public DropTarget(Node window, Consumer<Dropped> dropped) {
        window.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
                window.pseudoClassStateChanged(OVER, true);
                event.consume();
            }
        });
        window.addEventHandler(DragEvent.DRAG_EXITED, e -> window.pseudoClassStateChanged(OVER, false));
        window.setOnDragDropped(event -> {
            List<File> files = List.copyOf(event.getDragboard().getFiles());
            window.pseudoClassStateChanged(OVER, false);
            event.setDropCompleted(!files.isEmpty());
            event.consume();
            // Later: a question would block the program that the files come from.
            Platform.runLater(() ->
                    dropped.accept(Dropped.of(files.stream().map(File::toPath).toList())));
        });
    }
}
