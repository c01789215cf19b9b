package sirkuit.app.heatmap.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.heatmap.HeadSearch;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Popovers;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;

/// Asks for the name of a head and goes there.
final class FindHeadButton extends Button {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
    private static final double WIDTH = 230;

    private final HeatmapModel model;
    private final Runnable after;
    private final TextField name = named(new TextField(), "find-head-field");
    private final Label trouble = collapsing(named(styled(note(""), "wrong"), "find-head-trouble"));
    private final Popover popover = new Popover();

    /// @param after what happens once a head was found
    FindHeadButton(HeatmapModel model, Runnable after) {
        this.model = model;
        this.after = after;
        Icons.only(this, Feather.SEARCH, Words.of("relevance.find"));
        setId("find-head-button");
        getStyleClass().add("small");
        setMinWidth(USE_PREF_SIZE);
        setOnAction(e -> ask());
        disableProperty().bind(model.mask().isNull());
        name.setPromptText(Words.of("relevance.find.prompt"));
        name.setPrefWidth(WIDTH);
        name.setOnAction(e -> go());
        name.textProperty().subscribe(text -> tell(""));
        trouble.setMaxWidth(WIDTH);
        popover.setContentNode(
                styled(new VBox(field(Words.of("relevance.find.field"), name), trouble), "column", "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.TOP_RIGHT);
        Popovers.attach(popover);
        model.whenSearched(() -> Platform.runLater(this::ask)); // once the heatmap is in view
    }

    private void ask() {
        if (!isDisabled()) {
            name.clear();
            popover.show(this);
            name.requestFocus();
        }
    }

    private void go() {
        HeadMask mask = model.mask().get();
        if (mask == null) {
            return;
        }
        HeadSearch found = HeadSearch.of(name.getText(), mask.layers(), mask.heads());
        Head head = found.head();
        tell(found.trouble());
        if (head == null) {
            name.selectAll();
        } else {
            popover.hide();
            model.focus().set(head);
            after.run();
        }
    }

    private void tell(String words) {
        trouble.setText(words);
        trouble.setVisible(!words.isEmpty());
        name.pseudoClassStateChanged(DANGER, !words.isEmpty());
    }
}
