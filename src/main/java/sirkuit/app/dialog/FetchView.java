package sirkuit.app.dialog;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import sirkuit.app.frame.DialogCards;
import sirkuit.app.frame.Overlay;
import sirkuit.app.look.Words;
import sirkuit.app.project.FetchModel;
import sirkuit.app.session.ShellModel;

/// Asks which checkpoint to fetch from a hub, shows the progress, and offers the checkpoint when it has been fetched.
/// Closing the card does not cancel the fetch; opening it again shows the same fetch.
public final class FetchView {
    private FetchView() {}

    /// @param use takes the checkpoint's folder
    public static void show(ShellModel shell, Overlay overlay, Consumer<Path> use) {
        FetchModel model = shell.fetch();
        BooleanProperty shown = new SimpleBooleanProperty(true);
        TextField name = text("fetch-name", model.name().get(), Words.of("fetch.model.prompt"));
        TextField hub = text("fetch-hub", model.hub().get(), model.usualHub());
        Button fetch = named(styled(new Button(Words.of("fetch.start")), "accent"), "fetch-start");
        fetch.setDefaultButton(true);
        fetch.disableProperty().bind(name.textProperty().map(String::isBlank).flatMap(blank -> model.running()
                .map(running -> running || blank)));
        fetch.setOnAction(e -> {
            model.name().set(name.getText());
            model.hub().set(hub.getText());
            model.start();
        });
        Button stop = collapsing(named(new Button(Words.of("fetch.cancel")), "fetch-stop"));
        stop.visibleProperty().bind(model.running().when(shown));
        stop.setOnAction(e -> model.cancel());
        Button take = collapsing(named(styled(new Button(Words.of("fetch.use")), "accent"), "fetch-use"));
        take.visibleProperty().bind(model.folder().isNotNull());
        take.setOnAction(e -> {
            Path folder = model.folder().get();
            if (folder != null) {
                overlay.hide();
                use.accept(folder);
            }
        });
        VBox card = DialogCards.card(
                "fetch-card",
                Words.of("fetch.title"),
                DialogCards.close(overlay),
                note(Words.of("fetch.note")),
                field(Words.of("fetch.model"), name),
                field(Words.of("fetch.hub"), hub),
                bar(model, shown),
                stage(model, shown),
                wrong(model, shown),
                row(gap(), take, stop, fetch));
        card.getStyleClass().add("narrow-card");
        model.watched().set(true);
        overlay.show(card, name, Pos.CENTER);
        card.parentProperty().subscribe((was, parent) -> {
            model.watched().set(parent != null);
            shown.set(parent != null);
        });
    }

    private static ProgressBar bar(FetchModel model, BooleanProperty shown) {
        ProgressBar bar = collapsing(named(styled(new ProgressBar(), "medium"), "fetch-progress"));
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(model.progress().when(shown));
        bar.visibleProperty().bind(model.running().when(shown));
        return bar;
    }

    private static Label stage(FetchModel model, BooleanProperty shown) {
        Label stage = collapsing(named(note(""), "fetch-stage"));
        stage.textProperty().bind(model.stage().when(shown));
        stage.visibleProperty().bind(model.stage().isNotEmpty());
        return stage;
    }

    private static Label wrong(FetchModel model, BooleanProperty shown) {
        Label wrong = collapsing(named(styled(note(""), "wrong"), "fetch-problem"));
        wrong.textProperty()
                .bind(model.problem()
                        .when(shown)
                        .map(p -> p.what() + " " + p.remedy())
                        .orElse(""));
        wrong.visibleProperty().bind(model.problem().isNotNull());
        return wrong;
    }

    private static TextField text(String id, String content, String prompt) {
        TextField field = named(new TextField(content), id);
        field.setPromptText(prompt);
        return field;
    }
}
