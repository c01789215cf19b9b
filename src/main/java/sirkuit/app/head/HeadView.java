package sirkuit.app.head;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.List;
import java.util.function.BiConsumer;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;

/// The head inspector.
public final class HeadView extends ScrollPane {
    private final HeadModel model;
    private final MaskModel masks;
    private final BiConsumer<String, @Nullable String> open;
    private final GridPane facts = named(styled(new GridPane(), "facts"), "head-facts");
    private final VBox examples = styled(new VBox(), "column");
    private final ReachView reach;

    /// @param open shows a sentence in the sentence panel
    public HeadView(
            HeadModel model, MaskModel masks, BiConsumer<String, @Nullable String> open, ObservableValue<Theme> theme) {
        this.model = model;
        this.masks = masks;
        this.open = open;
        reach = new ReachView(theme);
        setId("head-view");
        getStyleClass().add("edge-to-edge");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        Label none = collapsing(note(Words.of("side.head.none")));
        none.visibleProperty().bind(model.head().isNull());
        VBox empty = collapsing(styled(new VBox(none), "panel", "padded"));
        empty.visibleProperty().bind(model.head().isNull());
        VBox stack = collapsing(styled(
                new VBox(
                        styled(new VBox(title(), facts, unscored()), "panel", "padded", "column"),
                        panel("side.reach", reach, reachWords()),
                        panel("side.head.note", noteField()),
                        styled(new VBox(examples), "panel", "padded")),
                "stack"));
        stack.visibleProperty().bind(model.head().isNotNull());
        setContent(styled(new VBox(empty, stack), "stack"));
        model.facts().addListener((ListChangeListener<HeadModel.Fact>) c -> facts());
        model.reach().subscribe(reach::show);
        model.examples().subscribe(this::examples);
        facts();
    }

    private static VBox panel(String title, javafx.scene.Node... content) {
        VBox box = styled(new VBox(heading(Words.of(title))), "panel", "padded", "column");
        box.getChildren().addAll(content);
        return box;
    }

    private javafx.scene.layout.HBox title() {
        Label name = named(heading(""), "head-name");
        name.textProperty()
                .bind(model.head()
                        .map(h -> Words.of("side.head.title", h.layer(), h.head()))
                        .orElse(""));
        Button select = named(styled(whole(new Button()), "small"), "select-head-button");
        select.textProperty()
                .bind(masks.mask()
                        .flatMap(m -> model.head().map(h -> chosen(m, h)))
                        .map(chosen -> Words.of(chosen ? "side.head.deselect" : "side.head.select"))
                        .orElse(""));
        select.setOnAction(e -> {
            Head head = model.head().get();
            if (head != null) {
                masks.toggle(head);
            }
        });
        return row(name, gap(), select);
    }

    private static boolean chosen(HeadMask mask, Head head) {
        return mask.contains(head.layer(), head.head());
    }

    private Label unscored() {
        Label label = collapsing(note(Words.of("side.head.unscored")));
        label.visibleProperty().bind(javafx.beans.binding.Bindings.isEmpty(model.facts()));
        return label;
    }

    private void facts() {
        facts.getChildren().clear();
        int line = 0;
        for (HeadModel.Fact fact : model.facts()) {
            Label name = new Label(MethodWords.name(fact.method()));
            name.setTooltip(new Tooltip(MethodWords.explanation(fact.method())));
            Label score = right(Numbers.score(fact.score())
                    + (Double.isNaN(fact.error()) ? "" : " ± " + Numbers.score(fact.error())));
            Label rank = styled(right(Words.of("side.head.rank", fact.rank(), fact.of())), "note");
            if (fact.sure() != null) {
                rank.setTooltip(new Tooltip(Words.of("side.head.sure", fact.topK(), Numbers.percent(fact.sure()))));
            }
            facts.addRow(line++, name, score, rank);
        }
    }

    private static Label right(String text) {
        Label label = new Label(text);
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.setAlignment(Pos.CENTER_RIGHT);
        return label;
    }

    private Label reachWords() {
        Label words = named(note(""), "reach-words");
        words.textProperty().bind(model.reach().map(ReachView::words).orElse(Words.of("side.reach.asking")));
        return words;
    }

    private TextArea noteField() {
        TextArea area = named(new TextArea(), "head-note");
        area.setPromptText(Words.of("side.head.note.prompt"));
        area.setAccessibleText(Words.of("side.head.note"));
        area.setWrapText(true);
        area.setPrefRowCount(2);
        area.textProperty().bindBidirectional(model.note());
        return area;
    }

    private void examples(Event.@Nullable Examples found) {
        examples.getChildren().clear();
        if (found == null) {
            Label words = note("");
            words.textProperty()
                    .bind(model.askingExamples()
                            .map(asking -> Words.of(asking ? "side.head.examples.asking" : "side.head.examples.none")));
            examples.getChildren().addAll(heading(Words.of("side.head.examples")), words);
            return;
        }
        examples.getChildren().add(heading(Words.of("side.head.helps")));
        list(found.helped());
        examples.getChildren().add(heading(Words.of("side.head.hurts")));
        list(found.hurt());
    }

    private void list(List<Event.Examples.Example> some) {
        for (Event.Examples.Example one : some) {
            Label text = styled(new Label(one.text().replace('\n', ' ')), "example-text");
            text.setWrapText(true);
            text.setMaxHeight(36);
            Label label = styled(new Label(one.label() + "  " + Numbers.signed(one.value(), 2)), "example-label");
            Button button = styled(new Button("", styled(new VBox(label, text), "example")), "flat", "example-button");
            button.setMaxWidth(Double.MAX_VALUE);
            button.setAlignment(Pos.CENTER_LEFT);
            button.setAccessibleText(one.label() + ": " + one.text());
            button.setTooltip(new Tooltip(Words.of("side.head.open")));
            button.setOnAction(e -> open.accept(one.text(), one.pair()));
            text.maxWidthProperty().bind(widthProperty().subtract(60));
            examples.getChildren().add(button);
        }
    }
}
