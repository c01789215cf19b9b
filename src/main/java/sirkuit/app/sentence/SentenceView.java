package sirkuit.app.sentence;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;
import sirkuit.protocol.Event;

/// The sentence panel.
public final class SentenceView extends ScrollPane {
    private static final int MOST_OFFERED = 24;
    private static final int LONGEST_OFFER = 60;

    private final SentenceModel model;
    private final Supplier<List<Event.Described.Row>> examples;
    private final ProbabilityBars bars = named(new ProbabilityBars(), "probability-bars");
    private final ToggleButton matrix = named(new ToggleButton(), "attention-matrix");
    private final AttentionView attention;

    /// @param examples sentences to pick from
    public SentenceView(
            SentenceModel model, Supplier<List<Event.Described.Row>> examples, ObservableValue<Theme> theme) {
        this.model = model;
        this.examples = examples;
        attention = new AttentionView(theme);
        setId("sentence-view");
        getStyleClass().add("edge-to-edge");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        VBox typed = styled(
                new VBox(
                        row(heading(Words.of("side.sentence")), gap(), whole(picking())),
                        area("sentence-field", "side.sentence.prompt", model.text()),
                        second(),
                        empty(),
                        trouble(),
                        bars,
                        verdict()),
                "panel",
                "padded",
                "column");
        VBox reading = collapsing(styled(new VBox(attentionTitle(), attention, hint()), "panel", "padded", "column"));
        reading.visibleProperty().bind(model.answer().isNotNull());
        WordsPane words = collapsing(new WordsPane(model.words(), theme));
        words.visibleProperty().bind(model.answer().isNotNull());
        setContent(styled(new VBox(typed, words, reading), "stack"));
        model.answer().subscribe(a -> show());
        model.without()
                .subscribe(a -> bars.show(model.answer().get(), model.without().get()));
        matrix.selectedProperty().subscribe(m -> show());
    }

    private void show() {
        Event.Explained now = model.answer().get();
        bars.show(now, model.without().get());
        boolean many = now != null && now.tokens().size() > AttentionView.MANY;
        attention.show(now, model.text().get(), model.pair().get(), matrix.isSelected() || many);
    }

    private static TextArea area(String id, String prompt, javafx.beans.property.StringProperty text) {
        TextArea area = named(new TextArea(), id);
        area.setPromptText(Words.of("side.sentence.prompt"));
        area.setAccessibleText(
                Words.of(prompt.equals("side.sentence.prompt") ? "side.sentence" : "side.sentence.second"));
        area.setWrapText(true);
        area.setPrefRowCount(3);
        area.textProperty().bindBidirectional(text);
        return area;
    }

    /// Shown only if the task is about pairs.
    private TextArea second() {
        TextArea area = collapsing(area("pair-field", "side.sentence.second", model.pair()));
        area.setPromptText(Words.of("side.sentence.second"));
        area.setVisible(false);
        model.pair().subscribe(p -> {
            if (!p.isEmpty()) {
                area.setVisible(true);
            }
        });
        return area;
    }

    private MenuButton picking() {
        MenuButton button =
                named(Icons.before(new MenuButton(Words.of("side.sentence.pick")), Feather.LIST), "pick-sentence");
        button.getStyleClass().add("small");
        button.getItems().add(new MenuItem(""));
        button.setOnShowing(e -> {
            button.getItems().clear();
            examples.get().stream().limit(MOST_OFFERED).forEach(r -> button.getItems()
                    .add(offer(r)));
            if (button.getItems().isEmpty()) {
                MenuItem none = new MenuItem(Words.of("side.sentence.none"));
                none.setDisable(true);
                button.getItems().add(none);
            }
        });
        return button;
    }

    private MenuItem offer(Event.Described.Row example) {
        String text = example.text().replace('\n', ' ');
        String cut = text.length() > LONGEST_OFFER ? text.substring(0, LONGEST_OFFER - 1) + "…" : text;
        MenuItem item = new MenuItem(example.label() + ":  " + cut);
        item.setMnemonicParsing(false);
        item.setOnAction(e -> model.show(example.text(), example.pair()));
        return item;
    }

    private Label empty() {
        Label label = collapsing(note(Words.of("side.sentence.empty")));
        label.visibleProperty().bind(model.text().isEmpty());
        return label;
    }

    private Label trouble() {
        Label label = collapsing(named(styled(note(""), "wrong"), "sentence-trouble"));
        label.textProperty().bind(model.trouble());
        label.visibleProperty().bind(model.trouble().isNotEmpty());
        return label;
    }

    /// How the answer changes without the mask's heads, in a sentence, and the switch that shows the heads'
    /// contributions in the heatmap.
    private VBox verdict() {
        Label words = collapsing(named(note(""), "what-if"));
        words.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> SentenceModel.verdict(
                                model.answer().get(), model.without().get()),
                        new Observable[] {model.answer(), model.without()}));
        words.visibleProperty().bind(words.textProperty().isNotEmpty());
        ToggleSwitch heads = named(new ToggleSwitch(Words.of("side.sentence.heads")), "sentence-in-heatmap");
        heads.selectedProperty().bindBidirectional(model.inHeatmap());
        heads.setTooltip(new Tooltip(Words.of("side.sentence.heads.more")));
        VBox box = collapsing(styled(new VBox(words, heads), "column"));
        box.visibleProperty().bind(model.answer().isNotNull());
        return box;
    }

    private javafx.scene.layout.HBox attentionTitle() {
        Label title = heading("");
        title.textProperty().bind(model.head().map(SentenceView::name).orElse(Words.of("side.attention.none")));
        Icons.only(matrix, Feather.GRID, Words.of("side.attention.matrix"));
        matrix.visibleProperty().bind(model.head().isNotNull());
        return row(title, gap(), matrix);
    }

    private static String name(Head head) {
        return Words.of("side.attention.title", head.layer(), head.head());
    }

    private Label hint() {
        Label label = note("");
        label.textProperty()
                .bind(model.head().map(h -> Words.of("side.attention.hint")).orElse(Words.of("side.attention.choose")));
        return label;
    }
}
