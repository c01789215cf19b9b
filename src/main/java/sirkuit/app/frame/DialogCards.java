package sirkuit.app.frame;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;

/// What all cards above the window share.
public final class DialogCards {
    private DialogCards() {}

    /// A title with a button that closes, and the content below.
    public static VBox card(String id, String title, Button close, Node... content) {
        VBox card = named(styled(new VBox(row(styled(new Label(title), "title"), gap(), close)), "card"), id);
        card.getChildren().addAll(content);
        return card;
    }

    public static Button close(Overlay overlay) {
        Button close = named(Icons.only(new Button(), Feather.X, Words.of("card.close")), "close-card");
        close.setOnAction(e -> overlay.hide());
        return close;
    }

    public static Button copy(java.util.function.Supplier<String> text) {
        Button copy = named(Icons.before(new Button(Words.of("card.copy")), Feather.COPY), "copy-card");
        copy.setOnAction(e -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(text.get());
            Clipboard.getSystemClipboard().setContent(content);
        });
        return copy;
    }

    /// Names on the left, values on the right.
    public static GridPane facts(Map<String, String> facts) {
        GridPane grid = styled(new GridPane(), "pairs", "facts");
        int line = 0;
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            Label name = styled(new Label(fact.getKey()), "field-name");
            name.setMinWidth(Region.USE_PREF_SIZE);
            Label value = new Label(fact.getValue());
            value.setWrapText(true);
            GridPane.setHgrow(value, Priority.ALWAYS);
            grid.addRow(line++, name, value);
        }
        return grid;
    }

    public static String text(Map<String, String> facts) {
        StringBuilder text = new StringBuilder();
        facts.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
