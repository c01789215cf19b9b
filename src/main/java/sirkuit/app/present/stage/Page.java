package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import sirkuit.app.present.PageTexts;
import sirkuit.app.present.script.PageKind;

/// One page: its title, a sentence, and its content.
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

    /// Shows these texts from now on, because another run may be shown.
    public final void say(PageTexts texts) {
        title.setText(texts.title());
        text.setText(texts.text());
    }

    /// Called when the page is shown.
    public void enter() {}

    /// Called when the page is left.
    public void leave() {}

    /// Focuses the field for the audience's sentence, on pages that have one.
    public void type() {}

    /// Text that takes as many lines as it needs.
    public static Label words(String text, String style) {
        Label label = styled(new Label(text), style);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// A small line that says where an answer comes from.
    public static Label quiet(String id) {
        return named(words("", "stage-quiet"), id);
    }

    /// Takes the space that is left below.
    public static <T extends Node> T filling(T node) {
        VBox.setVgrow(node, Priority.ALWAYS);
        return node;
    }
}
