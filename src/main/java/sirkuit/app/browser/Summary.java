package sirkuit.app.browser;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import java.util.EnumMap;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;

/// Beside the rows: what a run gained and lost, the confusion matrix, and how many texts each label has. A click on any
/// of them filters the rows.
final class Summary extends VBox {
    private final BrowserModel model;
    private final Map<Change, ToggleButton> changes = new EnumMap<>(Change.class);
    private final VBox changed;

    Summary(BrowserModel model) {
        this.model = model;
        getStyleClass().add("data-summary");
        GridPane grid = styled(new GridPane(), "data-changes");
        for (Change change : Change.values()) {
            ToggleButton button = named(styled(new ToggleButton(), "small"), "change-" + id(change));
            button.setTooltip(new Tooltip());
            button.setMaxWidth(Double.MAX_VALUE);
            GridPane.setHgrow(button, Priority.ALWAYS);
            button.setOnAction(
                    e -> model.filter().set(model.filter().get().withChange(button.isSelected() ? change : null)));
            changes.put(change, button);
            grid.add(button, change.ordinal() % 2, change.ordinal() / 2);
        }
        Label title = heading("");
        model.asked().subscribe(question -> {
            boolean runs = question != null && question.against() != null;
            title.setText(Words.of(runs ? "data.changes.runs" : "data.changes"));
            changes.forEach((change, button) -> button.getTooltip()
                    .setText(Words.of((runs ? "data.change.runs." : "data.change.more.") + id(change))));
        });
        changed = collapsing(styled(new VBox(title, grid), "data-part"));
        VBox confusion = styled(
                new VBox(
                        heading(Words.of("data.confusion")),
                        new ConfusionGrid(model),
                        note(Words.of("data.confusion.more"))),
                "data-part");
        VBox balance = styled(new VBox(heading(Words.of("data.balance")), new ShareBars(model)), "data-part");
        getChildren().addAll(changed, confusion, balance);
        model.shown().subscribe(this::show);
        model.filter().subscribe(f -> changes.forEach((c, button) -> button.setSelected(c == f.change())));
    }

    private static String id(Change change) {
        return switch (change) {
            case GAINED -> "gained";
            case LOST -> "lost";
            case KEPT -> "kept";
            case NEVER -> "never";
        };
    }

    private void show(Filtered shown) {
        changed.setVisible(!shown.changes().isEmpty());
        changes.forEach((change, button) -> button.setText(Words.of(
                "data.change." + id(change), Numbers.count(shown.changes().getOrDefault(change, 0)))));
    }
}
