package sirkuit.app.sentence;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import sirkuit.app.browser.Choices;
import sirkuit.app.look.SwitchRow;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.sentence.WordRow.Method;

/// Which words matter: the words of the sentence, shaded by what they add to the answer.
final class WordsPane extends VBox {
    private final WordsModel model;
    private final ObservableValue<Theme> theme;
    private final List<WordFlow> flows = new ArrayList<>();
    private final VBox rows = styled(new VBox(), "word-rows");
    private final WordsLegend legend = collapsing(new WordsLegend());
    private final Label summary = collapsing(named(note(""), "words-summary"));
    private final Label changed = named(note(""), "word-change");
    private final VBox change = collapsing(styled(new VBox(changed, undo()), "word-change"));
    private final MenuButton toward = named(styled(new MenuButton(), "small"), "words-toward");
    private final SwitchRow asChange;
    private final WordPopover popover;

    WordsPane(WordsModel model, ObservableValue<Theme> theme) {
        this.model = model;
        this.theme = theme;
        popover = new WordPopover(model);
        setId("words-pane");
        getStyleClass().addAll("panel", "padded", "column");
        SwitchRow off = new SwitchRow(
                "words-heads-off", Words.of("side.words.off"), Words.of("side.words.off.more"), model.headsOff());
        off.disableProperty().bind(model.hasHeads().map(has -> !has));
        asChange = collapsing(new SwitchRow(
                "words-as-change",
                Words.of("side.words.as-change"),
                Words.of("side.words.as-change.more"),
                model.asChange()));
        getChildren()
                .addAll(
                        heading(Words.of("side.words")),
                        rows,
                        legend,
                        waiting(),
                        trouble(),
                        change,
                        summary,
                        choices(),
                        off,
                        asChange,
                        note(Words.of("side.words.hint")));
        toward.setTooltip(new Tooltip(Words.of("side.words.toward.more")));
        model.rows().subscribe(r -> show());
        model.asChange().subscribe(c -> show());
        model.change().subscribe(c -> show());
        theme.subscribe(t -> show());
    }

    private void show() {
        List<WordRow> now = model.rows().get();
        double largest = model.largest();
        while (flows.size() > now.size()) {
            flows.removeLast();
        }
        while (flows.size() < now.size()) {
            flows.add(new WordFlow(model, this::chosen));
        }
        for (int r = 0; r < flows.size(); r++) {
            flows.get(r).show(now.get(r), largest, theme.getValue());
        }
        rows.getChildren().setAll(flows);
        legend.setVisible(largest > 0);
        asChange.setVisible(now.size() > 1);
        toward.setVisible(!now.isEmpty());
        if (!now.isEmpty()) {
            WordRow first = now.getFirst();
            legend.show(largest, first.label(), model.asChange().get() && now.size() > 1, theme.getValue());
            classes(first);
        }
        summary.setText(model.summary());
        summary.setVisible(!summary.getText().isEmpty());
        WordChange last = model.change().get();
        changed.setText(last == null ? "" : last.words(now));
        change.setVisible(!changed.getText().isEmpty());
    }

    /// The classes that the values can be about.
    private void classes(WordRow first) {
        toward.setText(Words.of("side.words.toward", first.label()));
        List<MenuItem> items = new ArrayList<>();
        items.add(item(Words.of("side.words.toward.answer"), () -> model.label().set(null)));
        List<String> labels = first.answer().labels();
        for (int c = 0; c < labels.size(); c++) {
            int label = c;
            items.add(item(labels.get(c), () -> model.label().set(label)));
        }
        toward.getItems().setAll(items);
    }

    private static MenuItem item(String words, Runnable chosen) {
        MenuItem item = new MenuItem(words);
        item.setMnemonicParsing(false);
        item.setOnAction(e -> chosen.run());
        return item;
    }

    private void chosen(WordFlow flow, int index) {
        WordChip chip = flow.chip(index);
        popover.show(
                chip,
                Objects.requireNonNull(flow.row()),
                flow.word(index),
                chip.getTooltip().getText());
    }

    /// Beside one another where there is room.
    private VBox choices() {
        FlowPane methods = flowing();
        ToggleGroup group = new ToggleGroup();
        for (Method each : Method.values()) {
            methods.getChildren().add(method(each, group));
        }
        FlowPane menus = flowing();
        MenuButton beside = beside();
        menus.getChildren().addAll(toward, beside);
        toward.maxWidthProperty().bind(menus.widthProperty());
        beside.maxWidthProperty().bind(menus.widthProperty());
        return styled(new VBox(methods, menus), "word-choices");
    }

    /// As narrow as it has to be, whatever stands in it.
    private static FlowPane flowing() {
        FlowPane flow = styled(new FlowPane(), "word-choices");
        flow.setPrefWrapLength(0);
        flow.setMinWidth(0);
        return flow;
    }

    private RadioButton method(Method method, ToggleGroup group) {
        RadioButton button = named(new RadioButton(method.words()), "words-" + method.name());
        button.setToggleGroup(group);
        button.setTooltip(new Tooltip(Words.of("side.words.method." + method.name() + ".more")));
        button.setOnAction(e -> model.method().set(method));
        model.method().subscribe(m -> {
            if (m == method) {
                button.setSelected(true);
            }
        });
        return button;
    }

    private MenuButton beside() {
        MenuButton button = named(styled(new MenuButton(), "small"), "words-beside");
        button.textProperty()
                .bind(model.beside().map(Choices.Checkpoint::name).orElse(Words.of("side.words.beside.none")));
        button.accessibleTextProperty()
                .bind(model.beside()
                        .map(c -> Words.of("side.words.beside", c.name()))
                        .orElse(Words.of("side.words.beside.none")));
        button.setMnemonicParsing(false);
        button.getItems().add(new MenuItem(""));
        button.setOnShowing(e -> {
            button.getItems().setAll(item(Words.of("side.words.beside.nothing"), () -> model.beside()
                    .set(null)));
            for (Choices.Checkpoint each : model.besides()) {
                button.getItems().add(item(each.name(), () -> model.beside().set(each)));
            }
            if (model.besides().isEmpty()) {
                MenuItem none = new MenuItem(Words.of("side.words.beside.missing"));
                none.setDisable(true);
                button.getItems().setAll(none);
            }
        });
        return button;
    }

    private Label waiting() {
        Label label = collapsing(note(Words.of("side.words.waiting")));
        label.visibleProperty().bind(model.waiting());
        return label;
    }

    private Label trouble() {
        Label label = collapsing(named(styled(note(""), "wrong"), "words-trouble"));
        label.textProperty().bind(model.trouble());
        label.visibleProperty().bind(model.trouble().isNotEmpty());
        return label;
    }

    private Button undo() {
        Button button = named(styled(new Button(Words.of("side.words.undo")), "small"), "word-undo");
        button.setOnAction(e -> model.undo());
        return whole(button);
    }
}
