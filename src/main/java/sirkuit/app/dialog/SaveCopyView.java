package sirkuit.app.dialog;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.nio.file.Path;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import sirkuit.app.data.PathChooser;
import sirkuit.app.data.PathField;
import sirkuit.app.data.TypedPath;
import sirkuit.app.frame.DialogCards;
import sirkuit.app.frame.Overlay;
import sirkuit.app.look.Words;
import sirkuit.app.session.ShellModel;
import sirkuit.app.workbench.WorkbenchModel;

/// Asks for the name and the folder of a copy of the project.
public final class SaveCopyView {
    private SaveCopyView() {}

    public static void show(ShellModel shell, WorkbenchModel open, Overlay overlay, PathChooser choosing) {
        String before = open.file().get().name();
        Path here = open.project().folder();
        TextField name = named(new TextField(Words.of("copy.of", before)), "copy-name");
        StringProperty folder = new SimpleStringProperty(
                here.resolveSibling(here.getFileName() + "-copy").toString());
        PathField place = new PathField(
                Words.of("copy.folder"),
                "copy-folder",
                Words.of("copy.folder.prompt"),
                folder,
                () -> choosing.folder(Words.of("copy.title"), p -> folder.set(p.toString())));
        Button save = named(styled(new Button(Words.of("copy.save")), "accent"), "copy-save");
        save.setDefaultButton(true);
        save.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> name.getText().isBlank() || folder.get().isBlank() || TypedPath.of(folder.get()) == null,
                        name.textProperty(),
                        folder));
        save.setOnAction(e -> {
            Path chosen = TypedPath.of(TypedPath.absolute(folder.get()));
            if (chosen != null) {
                overlay.hide();
                shell.saveCopy(name.getText().strip(), chosen);
            }
        });
        VBox card = DialogCards.card(
                "copy-card-box",
                Words.of("copy.title"),
                DialogCards.close(overlay),
                note(Words.of("copy.note")),
                field(Words.of("copy.name"), name),
                place,
                row(gap(), save));
        card.getStyleClass().add("narrow-card");
        overlay.show(card, name, Pos.CENTER);
    }
}
