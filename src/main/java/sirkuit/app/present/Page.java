package sirkuit.app.present;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One page: its title, a sentence, and what it shows.
public class Page extends VBox {
    private final Label title = words("", "stage-title");
    private final Label text = words("", "stage-text");

    public Page(PageKind kind, PageTexts texts, Node... content) {
        getStyleClass().add("stage-page");
        setId("stage-" + kind.id());
        getChildren().addAll(title, text);
        getChildren().addAll(content);
        say(texts);
    }

    /// Says this from now on: the run that is shown may be another.
    public final void say(PageTexts texts) {
        title.setText(texts.title());
        text.setText(texts.text());
    }

    /// The page comes into sight.
    public void enter() {}

    /// The page goes out of sight.
    public void leave() {}

    /// Where the audience's sentence is typed, on pages that have such a field.
    public void type() {}

    /// Text that takes the lines it needs.
    public static Label words(String text, String style) {
        Label label = styled(new Label(text), style);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// A quiet line that says where things come from.
    public static Label quiet(String id) {
        return named(words("", "stage-quiet"), id);
    }

    /// Takes what room is left below.
    public static <T extends Node> T filling(T node) {
        VBox.setVgrow(node, Priority.ALWAYS);
        return node;
    }
}
