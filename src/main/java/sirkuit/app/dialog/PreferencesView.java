package sirkuit.app.dialog;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.scrolling;
import static sirkuit.app.look.Boxes.styled;

import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import sirkuit.app.frame.DialogCards;
import sirkuit.app.frame.Overlay;
import sirkuit.app.look.Words;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.session.PreferencesModel;
import sirkuit.app.session.ShellModel;
import sirkuit.engine.EngineCommand;

/// The preferences: appearance, language, engine.
public final class PreferencesView {
    private PreferencesView() {}

    public static void show(ShellModel shell, Overlay overlay) {
        PreferencesModel model = new PreferencesModel(shell);
        ChoiceBox<PreferencesModel.Look> look =
                choice("theme-choice", PreferencesModel.Look.values(), PreferencesModel.Look::words, model.look());
        ChoiceBox<PreferencesModel.Language> language = choice(
                "language-choice",
                PreferencesModel.Language.values(),
                PreferencesModel.Language::words,
                model.language());
        GridPane looks = halves();
        looks.add(field(Words.of("preferences.theme"), look), 0, 0);
        looks.add(field(Words.of("preferences.language"), language), 1, 0);
        looks.add(field(Words.of("preferences.text"), textSize(model)), 0, 1, 2, 1);
        VBox content = styled(
                new VBox(
                        heading(Words.of("preferences.looks")),
                        looks,
                        heading(Words.of("preferences.engine")),
                        engine(model),
                        apply(model)),
                "card-content");
        ScrollPane scroll = scrolling(content);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox card = DialogCards.card("preferences", Words.of("preferences.title"), DialogCards.close(overlay), scroll);
        card.getStyleClass().add("narrow-card");
        overlay.show(card, look, Pos.CENTER);
    }

    private static Node textSize(PreferencesModel model) {
        Slider slider = named(
                new Slider(
                        Preferences.SMALLEST_TEXT,
                        Preferences.LARGEST_TEXT,
                        model.text().get()),
                "text-size");
        slider.setBlockIncrement(10);
        slider.setMajorTickUnit(10);
        slider.setMinorTickCount(0);
        slider.setSnapToTicks(true);
        slider.setAccessibleText(Words.of("preferences.text"));
        HBox.setHgrow(slider, Priority.ALWAYS);
        Label size = named(new Label(), "text-size-value");
        size.textProperty().bind(model.text().map(p -> p + "\u202f%"));
        // Applied when the drag has ended. Otherwise the slider would move away below the mouse.
        slider.valueChangingProperty().subscribe(changing -> {
            if (!changing) {
                model.text().set(tens(slider.getValue()));
            }
        });
        slider.valueProperty().subscribe((was, is) -> {
            if (!slider.isValueChanging()) {
                model.text().set(tens(is.doubleValue()));
            }
        });
        return row(slider, size);
    }

    private static int tens(double value) {
        return (int) Math.round(value / 10) * 10;
    }

    private static Node engine(PreferencesModel model) {
        ComboBox<String> device = named(new ComboBox<>(), "device-choice");
        device.getItems().addAll("auto", "cpu", "cuda", "cuda:1");
        device.setEditable(true);
        device.setMaxWidth(Double.MAX_VALUE);
        device.setValue(model.device().get());
        device.getEditor().textProperty().bindBidirectional(model.device());
        TextField threads = text("threads-field", model.threads(), Words.of("preferences.all-cores"));
        TextField memory = text("memory-field", model.memory(), String.valueOf(EngineCommand.DEFAULT_HEAP));
        TextField command = text("command-field", model.command(), "ssh host sirkuit engine");
        GridPane grid = halves();
        grid.add(field(Words.of("preferences.command"), command), 0, 0, 2, 1);
        grid.add(note(Words.of("preferences.command.note")), 0, 1, 2, 1);
        grid.add(
                checkedField(
                        Words.of("preferences.device"), device, model.device().map(d -> model.wrongDevice())),
                0,
                2);
        grid.add(
                checkedField(
                        Words.of("preferences.threads"),
                        threads,
                        model.threads().map(t -> model.wrongThreads())),
                1,
                2);
        grid.add(
                checkedField(
                        Words.of("preferences.memory"), memory, model.memory().map(t -> model.wrongMemory())),
                0,
                3);
        grid.add(note(Words.of("preferences.memory.note")), 1, 3);
        for (Node own : new Node[] {device, threads, memory}) {
            own.disableProperty().bind(model.command().map(c -> !c.isBlank()));
        }
        return grid;
    }

    /// A control with its name above it, and below it what is wrong with its value.
    private static VBox checkedField(String name, Control control, ObservableValue<String> wrong) {
        Label objection = collapsing(named(styled(note(""), "wrong"), control.getId() + "-wrong"));
        VBox field = field(name, control);
        field.getChildren().add(objection);
        wrong.subscribe(w -> {
            objection.setText(w);
            objection.setVisible(!w.isEmpty());
            control.pseudoClassStateChanged(PseudoClass.getPseudoClass("danger"), !w.isEmpty());
        });
        return field;
    }

    private static Node apply(PreferencesModel model) {
        Button use = named(styled(new Button(Words.of("preferences.use-engine")), "accent"), "use-engine");
        use.disableProperty().bind(model.changed().not());
        use.setOnAction(e -> model.useEngine());
        return row(gap(), use);
    }

    private static TextField text(String id, Property<String> value, String prompt) {
        TextField field = named(new TextField(), id);
        field.setPromptText(prompt);
        field.textProperty().bindBidirectional(value);
        return field;
    }

    private static <T> ChoiceBox<T> choice(String id, T[] values, Function<T, String> words, Property<T> chosen) {
        ChoiceBox<T> box = named(new ChoiceBox<>(), id);
        box.getItems().addAll(values);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("nothing is typed here");
            }
        });
        box.valueProperty().bindBidirectional(chosen);
        return box;
    }

    private static GridPane halves() {
        GridPane grid = styled(new GridPane(), "pairs");
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        grid.getColumnConstraints().addAll(half, half);
        return grid;
    }
}
