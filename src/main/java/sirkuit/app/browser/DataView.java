package sirkuit.app.browser;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.wrapping;

import java.io.File;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.StartFolder;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.UpAndDown;
import sirkuit.app.look.Words;
import sirkuit.app.look.WrappingRow;

/// The data browser: what to predict, filters, the rows with their summary beside them, and the selected row below.
public final class DataView extends VBox {
    private static final double TABLE = 0.68;
    private static final double NARROW = 700;
    /// At normal text size, the width from which the summary has room beside the rows.
    private static final double BESIDE = 560;

    /// Share of the rows when the summary is below them, and the height of both.
    private static final double ABOVE = 0.4;

    private static final double BOTH = 480;

    private final BrowserModel model;

    /// @param open takes a text, and its second one or null, and opens it in the sentence panel
    public DataView(BrowserModel model, BiConsumer<String, @Nullable String> open) {
        this.model = model;
        getStyleClass().addAll("panel", "data-browser");
        UpAndDown summary = new UpAndDown(new Summary(model));
        SplitPane split = named(new SplitPane(new RowsTable(model), summary), "data-split");
        split.setDividerPositions(TABLE);
        split.setMinWidth(0);
        SplitPane.setResizableWithParent(summary, false);
        Label hint = named(styled(note(""), "empty-hint"), "data-hint");
        hint.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> model.going().get() ? Words.of("data.waiting") : Words.of("data.empty"), model.going()));
        hint.visibleProperty().bind(model.rows().isNull());
        split.visibleProperty().bind(model.rows().isNotNull());
        StackPane middle = new StackPane(split, hint);
        VBox.setVgrow(middle, Priority.ALWAYS);
        FilterBar filters = collapsing(new FilterBar(model));
        filters.visibleProperty().bind(model.rows().isNotNull());
        DetailStrip detail = collapsing(new DetailStrip(model, open));
        detail.visibleProperty().bind(model.selected().isNotNull());
        Label notes = collapsing(named(note(""), "data-notes"));
        notes.textProperty().bind(model.notes());
        notes.visibleProperty().bind(model.notes().isNotEmpty());
        getChildren().addAll(question(), filters, caption(), notes, middle, detail);
        widthProperty().map(w -> w.doubleValue() < BESIDE * TextScale.factor()).subscribe(narrow -> {
            split.setOrientation(narrow ? Orientation.VERTICAL : Orientation.HORIZONTAL);
            split.setDividerPositions(narrow ? ABOVE : TABLE);
            middle.setMinHeight(narrow ? BOTH * TextScale.factor() : USE_COMPUTED_SIZE);
        });
        widthProperty().map(w -> w.doubleValue() < NARROW * TextScale.factor()).subscribe(narrow -> {
            getStyleClass().remove("narrow");
            if (narrow) {
                getStyleClass().add("narrow");
            }
        });
    }

    private FlowPane question() {
        ComboBox<Choices.Texts> texts =
                box("data-texts", model.choices().texts(), model.texts(), Choices.Texts::name, Words.of("data.texts"));
        ComboBox<Choices.Checkpoint> checkpoint = box(
                "data-checkpoint",
                model.choices().checkpoints(),
                model.checkpoint(),
                Choices.Checkpoint::name,
                Words.of("data.checkpoint"));
        CheckBox compare = named(new CheckBox(Words.of("data.compare")), "data-compare");
        compare.setTooltip(new Tooltip(Words.of("data.compare.more")));
        model.against()
                .subscribe(other -> compare.setText(
                        other == null ? Words.of("data.compare") : Words.of("data.compare.with", other.name())));
        compare.selectedProperty().bindBidirectional(model.compare());
        compare.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> {
                            Choices.Checkpoint chosen = model.checkpoint().get();
                            return chosen == null || chosen.run() == null;
                        },
                        model.checkpoint()));
        Button predict = named(styled(new Button(Words.of("data.predict")), "accent"), "predict-button");
        predict.setTooltip(new Tooltip(Words.of("data.predict.more")));
        predict.disableProperty().bind(model.going().or(model.texts().isNull()));
        predict.setOnAction(e -> model.predict());
        Button stop = named(Icons.only(new Button(), Feather.X_CIRCLE, Words.of("data.stop")), "stop-predict-button");
        stop.disableProperty().bind(model.going().not());
        stop.setOnAction(e -> model.stop());
        return styled(new FlowPane(texts, checkpoint, compare, new HBox(predict, stop)), "data-question");
    }

    private <T> ComboBox<T> box(
            String id,
            ObservableList<T> all,
            ObjectProperty<@Nullable T> chosen,
            Function<T, String> name,
            String what) {
        ComboBox<T> box = named(new ComboBox<>(all), id);
        box.setTooltip(new Tooltip(what));
        box.setAccessibleText(what);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : name.apply(value);
            }

            @Override
            public @Nullable T fromString(String text) {
                return null; // not editable
            }
        });
        chosen.subscribe(box::setValue);
        box.valueProperty().subscribe(value -> {
            if (value != null) {
                chosen.set(value);
            }
        });
        // The box forgets its choice when the list is made again.
        all.addListener((ListChangeListener<T>) c -> box.setValue(chosen.get()));
        return box;
    }

    private WrappingRow caption() {
        Label what = styled(new Label(), "note");
        what.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            BrowserModel.Question q = model.asked().get();
                            return q == null
                                    ? ""
                                    : q.texts().name() + " · " + q.checkpoint().name();
                        },
                        model.asked()));
        Label count = named(styled(new Label(), "data-count"), "data-count");
        count.textProperty().bind(Bindings.createStringBinding(model::caption, model.shown(), model.rows()));
        count.setWrapText(true);
        count.setMinHeight(USE_PREF_SIZE);
        Button export =
                named(Icons.only(new Button(), Feather.DOWNLOAD, Words.of("data.export")), "export-rows-button");
        export.disableProperty().bind(model.going());
        export.setOnAction(e -> export());
        WrappingRow line = styled(wrapping(count, what, gap(), export), "data-caption");
        collapsing(line).visibleProperty().bind(model.rows().isNotNull());
        return line;
    }

    private void export() {
        FileChooser chooser = new FileChooser();
        chooser.setInitialDirectory(StartFolder.now());
        chooser.setTitle(Words.of("data.export"));
        chooser.setInitialFileName("predictions.csv");
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("CSV", "*.csv"));
        File file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            StartFolder.chosen(file.toPath());
            model.export(file.toPath());
        }
    }
}
