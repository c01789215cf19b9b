package sirkuit.app.sentence;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Popovers;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;

/// Replaces one word of the sentence, or leaves it out.
final class WordPopover {
    private static final double WIDTH = 240;

    private final WordsModel model;
    private final TextField other = named(new TextField(), "word-field");
    private final Label value = note("");
    private final Popover popover = new Popover();
    private @Nullable WordRow row;
    private Event.Attributed.@Nullable Word word;

    WordPopover(WordsModel model) {
        this.model = model;
        Button replace = named(styled(new Button(Words.of("side.words.replace")), "accent"), "word-replace");
        replace.setDefaultButton(true);
        replace.setOnAction(e -> put(other.getText()));
        replace.disableProperty()
                .bind(other.textProperty()
                        .map(t -> t.isBlank() || word == null || t.strip().equals(word.text())));
        Button leave = named(new Button(Words.of("side.words.leave-out")), "word-leave-out");
        leave.setOnAction(e -> put(""));
        other.setPrefColumnCount(14);
        value.setMaxWidth(WIDTH);
        popover.setContentNode(styled(
                new VBox(field(Words.of("side.words.other"), other), value, row(replace, leave)),
                "column",
                "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.RIGHT_TOP);
        Popovers.attach(popover);
    }

    /// @param said the word's value in words
    void show(Node owner, WordRow of, Event.Attributed.Word which, String said) {
        row = of;
        word = which;
        other.setText("");
        other.setText(which.text());
        value.setText(said);
        popover.show(owner);
        other.requestFocus();
        other.selectAll();
    }

    private void put(String by) {
        popover.hide();
        if (row != null && word != null) {
            model.replace(row, word, by);
        }
    }
}
