package sirkuit.app.data;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.record.LabelBinding;

/// Which class each label means, with some of its texts, to be looked at and corrected. It opens by itself when a label
/// means no class; and where texts are being chosen, also when a label is not the name of a class, or a class has no
/// text.
final class LabelsBox extends TitledPane {
    private static final int LONGEST = 90;
    private static final double WIDE = 120;

    private final String id;
    private final LabelsModel model;
    private final ObservableValue<Boolean> readOnly;
    private final Runnable changed;
    private final VBox content = styled(new VBox(), "column");
    private final Label remarks = collapsing(note(""));
    private boolean choosing;

    /// @param id      beginning of the ids of what is in it
    /// @param changed called when the user has chosen a class
    LabelsBox(String id, LabelsModel model, ObservableValue<Boolean> readOnly, Runnable changed) {
        this.id = id;
        this.model = model;
        this.readOnly = readOnly;
        this.changed = changed;
        setId(id + "-labels");
        getStyleClass().add("fold");
        setText(Words.of("form.labels"));
        setAnimated(false);
        setExpanded(false);
        setContent(content);
        named(remarks, id + "-labels-remarks");
        managedProperty().bind(visibleProperty());
        model.rows().addListener((ListChangeListener<LabelsModel.Row>) c -> show());
        model.unknown().subscribe(u -> open());
        model.questionable().subscribe(q -> open());
        show();
    }

    /// Texts are being chosen here: what is questionable in them is to be looked at.
    LabelsBox choosing() {
        choosing = true;
        return this;
    }

    private void open() {
        if (model.unknown().get() || (choosing && model.questionable().get())) {
            setExpanded(true);
        }
    }

    private void show() {
        setVisible(!model.rows().isEmpty());
        content.getChildren().clear();
        String text = model.remarks();
        remarks.setText(text);
        remarks.setVisible(!text.isEmpty());
        content.getChildren().add(remarks);
        model.rows().forEach(r -> content.getChildren().add(of(r)));
    }

    private VBox of(LabelsModel.Row r) {
        HBox names = row(new Label(r.label()));
        if (r.open() || !r.label().equals(r.meaning())) {
            names.getChildren().addAll(whole(new Label("→")), meaning(r));
        }
        VBox box = styled(new VBox(names, note(count(r))), "example");
        for (String text : r.texts()) {
            Label one = styled(new Label(shortened(text)), "example-text");
            one.setWrapText(true);
            box.getChildren().add(one);
        }
        return box;
    }

    private static String count(LabelsModel.Row r) {
        return Words.of("form.labels.count", Numbers.count(r.train()), Numbers.count(r.test()));
    }

    /// A name says itself what it means.
    private Node meaning(LabelsModel.Row r) {
        if (!r.open()) {
            return new Label(r.meaning());
        }
        ComboBox<String> box = named(
                new ComboBox<>(FXCollections.observableArrayList(model.classes())), id + "-class-of-" + r.label());
        box.setMinWidth(WIDE);
        box.setPromptText(Words.of("form.labels.choose"));
        box.setAccessibleText(Words.of("form.labels.class", r.label()));
        box.setValue(r.meaning());
        box.pseudoClassStateChanged(
                javafx.css.PseudoClass.getPseudoClass("danger"), r.how() == LabelBinding.How.UNKNOWN);
        box.disableProperty().bind(readOnly);
        box.valueProperty().subscribe((was, now) -> {
            if (now != null && !now.equals(r.meaning())) {
                model.choose(r.label(), now);
                changed.run();
            }
        });
        return box;
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)).strip() + "…";
    }
}
