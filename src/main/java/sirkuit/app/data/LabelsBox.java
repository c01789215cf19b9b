package sirkuit.app.data;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import sirkuit.app.look.FoldedPane;
import sirkuit.app.look.Words;

/// Which class each label means, with some of its texts, to check and correct. It opens by itself when a label matches
/// no class. While texts are being chosen, it also opens when a label is not the name of a class, or a class has no
/// texts.
final class LabelsBox extends FoldedPane {
    private final String id;
    private final LabelsModel model;
    private final ObservableValue<Boolean> readOnly;
    private final Runnable changed;
    private final VBox content = styled(new VBox(), "column");
    private final Label remarks = collapsing(note(""));
    private final Map<String, LabelRow> shownRows = new HashMap<>();
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
        named(remarks, id + "-labels-remarks").textProperty().bind(model.remarks());
        remarks.visibleProperty().bind(model.remarks().isNotEmpty());
        managedProperty().bind(visibleProperty());
        model.rows().addListener((ListChangeListener<LabelsModel.Row>) c -> show());
        model.unknown().subscribe(u -> open());
        model.questionable().subscribe(q -> open());
        show();
    }

    /// Marks that texts are being chosen here, so that questionable labels are shown.
    LabelsBox choosing() {
        choosing = true;
        return this;
    }

    private void open() {
        if (model.unknown().get() || (choosing && model.questionable().get())) {
            setExpanded(true);
        }
    }

    /// Keeps the rows of labels that are still there, so that choosing with the keyboard is not interrupted.
    private void show() {
        setVisible(!model.rows().isEmpty());
        List<Node> now = new ArrayList<>(List.of(remarks));
        for (LabelsModel.Row r : model.rows()) {
            LabelRow shown = shownRows.get(r.label());
            if (shown == null || !shown.shows(r)) {
                shown = new LabelRow(id, model, r, readOnly, changed);
                shownRows.put(r.label(), shown);
            }
            shown.show(r);
            now.add(shown);
        }
        shownRows
                .keySet()
                .retainAll(model.rows().stream().map(LabelsModel.Row::label).collect(Collectors.toSet()));
        if (!now.equals(content.getChildren())) {
            content.getChildren().setAll(now);
        }
    }
}
