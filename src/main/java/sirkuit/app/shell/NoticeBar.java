package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.styled;

import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;

/// The notices, below the header: what happened, what to do, details to unfold and to copy. Never in the way.
final class NoticeBar extends VBox {
    private static final int SHOWN = 3;

    private final Notices notices;

    NoticeBar(Notices notices) {
        this.notices = notices;
        setId("notices");
        getStyleClass().add("notices");
        notices.open().addListener((ListChangeListener<Notice>) c -> show());
        show();
    }

    private void show() {
        getChildren().clear();
        int from = Math.max(0, notices.open().size() - SHOWN);
        notices.open().subList(from, notices.open().size()).forEach(n -> getChildren()
                .add(card(n)));
        setVisible(!getChildren().isEmpty());
        setManaged(!getChildren().isEmpty());
    }

    private VBox card(Notice notice) {
        Label what = styled(new Label(notice.what()), "notice-what");
        Label remedy = styled(new Label(notice.remedy()), "notice-remedy");
        for (Label label : new Label[] {what, remedy}) {
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
        }
        VBox words = new VBox(what, remedy);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button copy = Icons.only(new Button(), Feather.COPY, Words.of("window.notice.copy"));
        copy.setOnAction(e -> copy(notice));
        Button close = Icons.only(new Button(), Feather.X, Words.of("window.notice.close"));
        close.setOnAction(e -> notices.close(notice));
        HBox row = new HBox(Icons.of(icon(notice.kind())), words);
        row.setAlignment(Pos.TOP_LEFT);
        row.getStyleClass().add("notice-row");
        VBox card = styled(new VBox(row), "notice", notice.kind().name().toLowerCase(Locale.ROOT));
        if (notice.details() != null) {
            TextArea details = collapsing(styled(new TextArea(notice.details()), "notice-details"));
            details.setEditable(false);
            details.setPrefRowCount(6);
            details.setVisible(false);
            ToggleButton unfold = styled(new ToggleButton(Words.of("window.notice.details")), "flat", "small");
            details.visibleProperty().bind(unfold.selectedProperty());
            row.getChildren().add(unfold);
            card.getChildren().add(details);
        }
        row.getChildren().addAll(copy, close);
        return card;
    }

    private static Feather icon(Notice.Kind kind) {
        return switch (kind) {
            case INFO -> Feather.INFO;
            case WARNING -> Feather.ALERT_TRIANGLE;
            case ERROR -> Feather.ALERT_CIRCLE;
        };
    }

    private static void copy(Notice notice) {
        ClipboardContent content = new ClipboardContent();
        content.putString(notice.text());
        Clipboard.getSystemClipboard().setContent(content);
    }
}
