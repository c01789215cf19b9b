package sirkuit.app.sentence;

import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import java.text.Bidi;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import javafx.geometry.NodeOrientation;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;

/// The words of one row below the name of its checkpoint. One of them takes the focus; the arrow keys go to the others.
final class WordFlow extends VBox {
    private final WordsModel model;
    private final BiConsumer<WordFlow, Integer> chosen;
    private final Label caption = styled(new Label(), "word-caption");
    private final FlowPane flow = styled(new FlowPane(), "word-flow");
    private final List<WordChip> chips = new ArrayList<>();
    private @Nullable WordRow row;

    /// @param chosen receives the word that was clicked, by its index
    WordFlow(WordsModel model, BiConsumer<WordFlow, Integer> chosen) {
        this.model = model;
        this.chosen = chosen;
        getStyleClass().add("word-row");
        caption.setWrapText(true);
        caption.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(caption, flow);
        flow.setPrefWrapLength(0);
        flow.setMinWidth(0);
        flow.addEventFilter(KeyEvent.KEY_PRESSED, this::moved);
    }

    @Nullable
    WordRow row() {
        return row;
    }

    WordChip chip(int index) {
        return chips.get(index);
    }

    void show(WordRow now, double largest, Theme theme) {
        row = now;
        String name = now.caption();
        boolean reference = model.asChange().get()
                && !model.differs(now)
                && model.rows().get().size() > 1;
        caption.setText(reference ? Words.of("side.words.reference", name) : name);
        int count = now.words().size();
        boolean other = chips.size() != count || flow.getChildren().isEmpty();
        while (chips.size() > count) {
            chips.removeLast();
        }
        while (chips.size() < count) {
            chips.add(chip());
        }
        double[] values = reference ? now.values(model.method().get(), null) : model.values(now);
        for (int w = 0; w < count; w++) {
            String text = now.words().get(w).text();
            chips.get(w).show(text, reference ? Double.NaN : values[w], largest, said(now, text, values[w]), theme);
        }
        if (other || now.words().stream().anyMatch(w -> w.part() == 1)) {
            lay(now);
        }
        if (!chips.isEmpty() && chips.stream().noneMatch(WordChip::isFocusTraversable)) {
            chips.getFirst().setFocusTraversable(true);
        }
        boolean leftToRight = new Bidi(now.text(), Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
        flow.setNodeOrientation(leftToRight ? NodeOrientation.LEFT_TO_RIGHT : NodeOrientation.RIGHT_TO_LEFT);
    }

    private void lay(WordRow now) {
        flow.getChildren().setAll(chips);
        for (int w = 1; w < chips.size(); w++) {
            if (now.words().get(w).part() != now.words().get(w - 1).part()) {
                flow.getChildren().add(w, note("/"));
            }
        }
    }

    private String said(WordRow now, String word, double value) {
        if (!Double.isFinite(value)) {
            return Words.of("side.words.unknown", word);
        }
        String number = Numbers.signed(value, 3);
        String toward = model.differs(now) ? "side.words.value.change" : "side.words.value";
        String away = model.differs(now) ? "side.words.value.change.away" : "side.words.value.away";
        return Words.of(
                value < 0 ? away : toward,
                word,
                number,
                now.label(),
                model.method().get().words());
    }

    private WordChip chip() {
        WordChip chip = new WordChip();
        chip.setOnAction(e -> {
            focus(chips.indexOf(chip));
            chosen.accept(this, chips.indexOf(chip));
        });
        return chip;
    }

    private void moved(KeyEvent event) {
        int at = chips.indexOf(event.getTarget());
        int to =
                switch (event.getCode()) {
                    case LEFT, UP -> at - 1;
                    case RIGHT, DOWN -> at + 1;
                    case HOME -> 0;
                    case END -> chips.size() - 1;
                    default -> -1;
                };
        if (at >= 0 && to >= 0 && to < chips.size()) {
            focus(to);
            event.consume();
        }
    }

    private void focus(int index) {
        for (int w = 0; w < chips.size(); w++) {
            chips.get(w).setFocusTraversable(w == index);
        }
        chips.get(index).requestFocus();
    }

    Event.Attributed.Word word(int index) {
        return Objects.requireNonNull(row).words().get(index);
    }
}
