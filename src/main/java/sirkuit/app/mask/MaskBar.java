package sirkuit.app.mask;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;
import static sirkuit.app.look.Boxes.wrapping;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;

/// The controls below the heatmap: strategy, k, undo and redo, the mask in words, and saving it.
public final class MaskBar extends VBox {
    /// From this width on, the line includes the parameters too.
    private static final double ROOMY = 680;

    /// The saved masks.
    ///
    /// @param read loads one of them
    public record MaskNames(
            javafx.collections.ObservableList<String> names,
            java.util.function.BiConsumer<String, java.util.function.Consumer<HeadMask>> read) {}

    /// @param save  asked for a name and saves the mask
    /// @param names what a mask can be combined with
    public MaskBar(
            MaskModel model,
            ObservableValue<Event.@Nullable Inspected> checkpoint,
            ObservableValue<Boolean> readOnly,
            java.util.function.Consumer<javafx.scene.Node> save,
            MaskNames names,
            ObservableValue<Theme> theme) {
        getStyleClass().add("mask-bar");
        Label summary = named(styled(new Label(), "mask-summary"), "mask-summary");
        summary.setWrapText(true);
        summary.setMinHeight(Region.USE_PREF_SIZE);
        summary.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(summary, Priority.ALWAYS);
        summary.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> MaskSummary.of(
                                model.mask().get(), checkpoint.getValue(), model.locked(), getWidth() > ROOMY),
                        model.mask(),
                        checkpoint,
                        model.locked(),
                        widthProperty()));
        summary.setTooltip(new Tooltip());
        model.mask().subscribe(m -> summary.getTooltip()
                .setText(MaskSummary.of(m, checkpoint.getValue()) + "\n" + MaskSummary.perLayer(m)));
        Label origin = named(styled(new Label(), "mask-origin"), "mask-origin");
        origin.setMinWidth(0);
        origin.textProperty().bind(model.mask().map(MaskWords::title).orElse(""));
        origin.setTooltip(new Tooltip(Words.of("mask.origin.more")));
        summary.setMinWidth(0);
        VBox about = new VBox(origin, summary);
        about.setMinWidth(0);
        HBox.setHgrow(about, Priority.ALWAYS);
        Button saving = named(Icons.before(new Button(Words.of("mask.save")), Feather.SAVE), "save-mask-button");
        saving.setMinWidth(Region.USE_PREF_SIZE);
        saving.setOnAction(e -> save.accept(saving));
        saving.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.mask().get() == null || model.mask().get().size() == 0 || readOnly.getValue(),
                        model.mask(),
                        readOnly));
        getChildren()
                .addAll(
                        wrapping(strategies(model), numbers(model, theme)),
                        wrapping(
                                undo(model),
                                redo(model),
                                clear(model),
                                MaskTools.history(model),
                                new CombineButton(new Combining(model, names.read()), names.names()),
                                about,
                                saving));
        disableProperty().bind(model.mask().isNull());
    }

    /// The number of heads, or the threshold.
    private static HBox numbers(MaskModel model, ObservableValue<Theme> theme) {
        HBox count = count(model);
        HBox.setHgrow(count, Priority.ALWAYS);
        HBox both = row(count, threshold(model, theme));
        HBox.setHgrow(both, Priority.ALWAYS);
        both.getStyleClass().add("mask-numbers");
        return both;
    }

    private static HBox strategies(MaskModel model) {
        ToggleGroup group = new ToggleGroup();
        HBox box = new HBox();
        Strategy[] all = Strategy.values();
        for (Strategy s : all) {
            ToggleButton button = named(
                    new ToggleButton(s.words()),
                    "strategy-" + s.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            button.setToggleGroup(group);
            button.setTooltip(new Tooltip(s.explanation()));
            button.setUserData(s);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.getStyleClass()
                    .add(s == all[0] ? "left-pill" : s == all[all.length - 1] ? "right-pill" : "center-pill");
            button.setOnAction(e -> {
                button.setSelected(true);
                model.choose(s);
            });
            box.getChildren().add(button);
        }
        model.strategy().subscribe(now -> group.getToggles().forEach(t -> t.setSelected(t.getUserData() == now)));
        Button shuffle = collapsing(
                named(Icons.only(new Button(), Feather.SHUFFLE, Words.of("mask.shuffle")), "shuffle-button"));
        shuffle.setOnAction(e -> model.shuffle());
        shuffle.visibleProperty().bind(model.strategy().isEqualTo(Strategy.RANDOM));
        return row(box, whole(shuffle));
    }

    private static HBox count(MaskModel model) {
        Slider slider = named(new Slider(0, 1, 0), "k-slider");
        slider.setAccessibleText(Words.of("mask.k"));
        slider.setBlockIncrement(1);
        slider.setMinWidth(60);
        SpinnerValueFactory.IntegerSpinnerValueFactory values =
                new SpinnerValueFactory.IntegerSpinnerValueFactory(0, 1);
        Spinner<Integer> spinner = named(new Spinner<>(values), "k-spinner");
        spinner.setEditable(true);
        values.setConverter(new Count(model));
        spinner.setMinWidth(Region.USE_PREF_SIZE);
        spinner.setAccessibleText(Words.of("mask.k"));
        model.most().subscribe(most -> {
            slider.setMax(most.intValue());
            values.setMax(most.intValue());
        });
        model.k().subscribe(k -> {
            slider.setValue(k.intValue());
            values.setValue(k.intValue());
        });
        slider.valueProperty().subscribe(v -> model.k().set((int) Math.round(v.doubleValue())));
        slider.valueChangingProperty().subscribe(changing -> {
            if (changing) {
                model.beginGesture();
            } else {
                model.endGesture();
            }
        });
        values.valueProperty().subscribe(v -> {
            if (v != null) {
                model.k().set(v);
            }
        });
        Label name = new Label("k");
        name.setMinWidth(Region.USE_PREF_SIZE);
        HBox box = row(name, slider, spinner);
        HBox.setHgrow(slider, Priority.ALWAYS);
        box.disableProperty().bind(model.strategy().isEqualTo(Strategy.BY_HAND));
        collapsing(box).visibleProperty().bind(model.strategy().isNotEqualTo(Strategy.THRESHOLD));
        return box;
    }

    private static HBox threshold(MaskModel model, ObservableValue<Theme> theme) {
        HistogramView view = new HistogramView(model, theme);
        HBox.setHgrow(view, Priority.ALWAYS);
        HBox box = collapsing(row(view, new Label("≥"), new ThresholdField(model)));
        box.visibleProperty().bind(model.strategy().isEqualTo(Strategy.THRESHOLD));
        HBox.setHgrow(box, Priority.ALWAYS);
        return box;
    }

    private static Button undo(MaskModel model) {
        Button button = named(Icons.only(new Button(), Feather.CORNER_UP_LEFT, Words.of("mask.undo")), "undo-button");
        button.setOnAction(e -> model.undo());
        button.disableProperty().bind(model.canUndo().not());
        return button;
    }

    private static Button redo(MaskModel model) {
        Button button = named(Icons.only(new Button(), Feather.CORNER_UP_RIGHT, Words.of("mask.redo")), "redo-button");
        button.setOnAction(e -> model.redo());
        button.disableProperty().bind(model.canRedo().not());
        return button;
    }

    private static Button clear(MaskModel model) {
        Button button = named(Icons.only(new Button(), Feather.X, Words.of("action.mask-none")), "clear-button");
        button.setOnAction(e -> model.clear());
        button.disableProperty()
                .bind(model.mask().map(m -> m == null || m.size() == 0).orElse(true));
        return button;
    }

    /// Text that is not a number leaves the value unchanged.
    private static final class Count extends StringConverter<Integer> {
        private final MaskModel model;

        Count(MaskModel model) {
            this.model = model;
        }

        @Override
        public String toString(@Nullable Integer count) {
            return String.valueOf(count);
        }

        @Override
        public Integer fromString(String text) {
            try {
                return Integer.valueOf(text.strip());
            } catch (NumberFormatException notANumber) {
                return model.k().get();
            }
        }
    }
}
