package sirkuit.app.data;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.record.LabelBinding;

/// One label of a language: the class it means, which can be changed if it might mean another one, and some of its
/// texts.
final class LabelRow extends VBox {
    private static final int LONGEST = 90;
    private static final double WIDE = 120;
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final LabelsModel model;
    private final LabelsModel.Row first;
    private final Label count = note("");
    private final @Nullable ComboBox<String> box;
    private List<String> texts = List.of();
    private boolean showing;

    /// @param id      beginning of the ids of what is in it
    /// @param changed called when the user has chosen a class
    LabelRow(String id, LabelsModel model, LabelsModel.Row row, ObservableValue<Boolean> readOnly, Runnable changed) {
        this.model = model;
        first = row;
        HBox names = row(new Label(row.label()));
        if (row.open()) {
            ComboBox<String> choice = named(new ComboBox<>(), id + "-class-of-" + row.label());
            choice.setMinWidth(WIDE);
            choice.setPromptText(Words.of("form.labels.choose"));
            choice.setAccessibleText(Words.of("form.labels.class", row.label()));
            choice.disableProperty().bind(readOnly);
            choice.valueProperty().subscribe((was, now) -> {
                if (now != null && !showing) {
                    model.choose(row.label(), now);
                    changed.run();
                }
            });
            names.getChildren().addAll(whole(new Label("→")), choice);
            box = choice;
        } else {
            box = null;
            if (!row.label().equals(row.meaning())) {
                names.getChildren().addAll(whole(new Label("→")), new Label(row.meaning()));
            }
        }
        styled(this, "example").getChildren().addAll(names, count);
    }

    /// Whether it can show this row without being built again.
    boolean shows(LabelsModel.Row row) {
        return row.label().equals(first.label())
                && row.open() == first.open()
                && (row.open() || row.meaning() != null && row.meaning().equals(first.meaning()));
    }

    void show(LabelsModel.Row row) {
        count.setText(Words.of("form.labels.count", Numbers.count(row.train()), Numbers.count(row.test())));
        if (!row.texts().equals(texts)) {
            texts = row.texts();
            getChildren().remove(2, getChildren().size());
            texts.forEach(t -> getChildren().add(example(t)));
        }
        ComboBox<String> choice = box;
        if (choice == null) {
            return;
        }
        showing = true;
        if (!choice.getItems().equals(model.classes())) {
            choice.setItems(FXCollections.observableArrayList(model.classes()));
        }
        String meaning = model.meaning(row);
        if (meaning != null || !choice.isShowing()) {
            choice.setValue(meaning);
        }
        choice.pseudoClassStateChanged(DANGER, row.how() == LabelBinding.How.UNKNOWN);
        showing = false;
    }

    private static Label example(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        Label one = styled(
                new Label(
                        line.codePointCount(0, line.length()) <= LONGEST
                                ? line
                                : line.substring(0, line.offsetByCodePoints(0, LONGEST))
                                                .strip()
                                        + "…"),
                "example-text");
        one.setWrapText(true);
        return one;
    }
}
