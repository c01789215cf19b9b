package sirkuit.app.tune;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import sirkuit.app.look.SwitchRow;
import sirkuit.app.look.Words;
import sirkuit.app.tune.NumberField.Allowed;
import sirkuit.record.ProjectFile;

/// The settings of a run. Rarely changed ones are collapsed.
public final class TunePanel extends VBox {
    /// @param browse  lets the user choose a file of texts
    /// @param targets the targets of the project that the next run does not learn
    public TunePanel(TuneModel model, Consumer<Consumer<Path>> browse, Supplier<List<ProjectFile.Language>> targets) {
        getStyleClass().add("column");
        SwitchRow norms =
                new SwitchRow("norms-switch", Words.of("tune.norms"), Words.of("tune.norms.more"), model.norms());
        norms.disableProperty()
                .bind(model.what().isEqualTo(Trainable.FULL).or(model.what().isEqualTo(Trainable.NORMS)));
        SwitchRow head = new SwitchRow(
                "train-head-switch", Words.of("tune.classifier"), Words.of("tune.classifier.more"), model.trainHead());
        head.disableProperty().bind(model.what().isEqualTo(Trainable.FULL));
        NumberField epochs = new NumberField(
                "epochs-field",
                Words.of("runs.column.epochs"),
                model.epochs(),
                Allowed.whole(1, 10_000),
                model.mistakes());
        NumberField batch = new NumberField(
                "batch-field", Words.of("tune.batch"), model.batchSize(), Allowed.whole(1, 4096), model.mistakes());
        NumberField rate = new NumberField(
                "learning-rate-field",
                Words.of("runs.plot.rate"),
                model.learningRate(),
                Allowed.number(v -> v > 0 && v < 10, Words.of("tune.allowed.rate", "0.001")),
                model.mistakes());
        GridPane main = pairs(epochs.under(Words.of("runs.column.epochs")), rate.under(Words.of("runs.plot.rate")));
        getChildren()
                .addAll(
                        heading(Words.of("tune.heading")),
                        field(Words.of("tune.what"), choice(model)),
                        main,
                        norms,
                        new MoreSettings(model, head, batch, browse, targets));
    }

    private static ComboBox<Trainable> choice(TuneModel model) {
        ComboBox<Trainable> box = named(new ComboBox<>(), "trainable-combo");
        box.getItems().addAll(Trainable.values());
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(Trainable what) {
                return what == null ? "" : what.words();
            }

            @Override
            public Trainable fromString(String text) {
                throw new UnsupportedOperationException("not editable");
            }
        });
        box.setMinWidth(0);
        box.setMaxWidth(Double.MAX_VALUE);
        box.valueProperty().bindBidirectional(model.what());
        return box;
    }

    /// Two fields in a row, each as narrow as its column.
    static GridPane pairs(Region... fields) {
        GridPane grid = styled(new GridPane(), "pairs");
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        half.setMinWidth(0);
        grid.getColumnConstraints().addAll(half, half);
        for (int i = 0; i < fields.length; i++) {
            fields[i].setMinWidth(0);
            grid.add(fields[i], i % 2, i / 2);
        }
        return grid;
    }
}
