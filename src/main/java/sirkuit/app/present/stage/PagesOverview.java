package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.function.Supplier;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Words;
import sirkuit.app.present.PageTexts;
import sirkuit.app.present.PresentModel;
import sirkuit.app.present.script.PageKind;

/// All pages in a list for the presenter, each with its sentence and the time at which it should end.
final class PagesOverview extends VBox {
    PagesOverview(PresentModel model) {
        super(Page.words(Words.of("present.overview"), "stage-title"));
        getStyleClass().addAll("stage-page", "stage-overview");
        setId("stage-overview");
        for (PageKind kind : PageKind.values()) {
            getChildren().add(row(model, kind));
        }
        getChildren().add(Page.words(Words.of("present.overview.keys"), "stage-quiet"));
    }

    private static HBox row(PresentModel model, PageKind kind) {
        Label title = Page.words("", "stage-overview-title");
        Label text = Page.words("", "stage-overview-text");
        Label time = whole(styled(new Label(), "stage-overview-time"));
        // The texts depend on the run that a page shows.
        Runnable say = () -> {
            Supplier<PageTexts> texts = () -> model.texts(kind);
            title.setText(texts.get().title());
            text.setText(texts.get().text());
            time.setText(Words.of("present.overview.until", model.plannedEnd(kind)));
        };
        model.overview().subscribe(shown -> say.run());
        VBox words = new VBox(title, text);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = named(
                styled(
                        new HBox(
                                whole(styled(new Label(kind.ordinal() + 1 + ""), "stage-overview-number")),
                                words,
                                time),
                        "stage-overview-row"),
                "stage-overview-" + kind.id());
        row.setAccessibleRole(AccessibleRole.BUTTON);
        row.setCursor(Cursor.HAND);
        row.setOnMouseClicked(e -> model.go(kind));
        model.page().subscribe(now -> {
            row.getStyleClass().remove("now");
            if (now == kind) {
                row.getStyleClass().add("now");
            }
        });
        return row;
    }
}
