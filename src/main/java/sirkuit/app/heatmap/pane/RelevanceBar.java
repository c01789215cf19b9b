package sirkuit.app.heatmap.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;
import static sirkuit.app.look.Boxes.wrapping;

import javafx.beans.binding.BooleanExpression;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import sirkuit.app.heatmap.RelevanceModel;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Words;
import sirkuit.mask.ScoreMethod;

/// Which scores are shown, and what to compute next: method, number of texts, Preview and Score.
public final class RelevanceBar extends VBox {
    /// @param ready   whether checkpoint and source texts are known to be usable
    /// @param caption says what is shown, and shows others; it takes the room that is left, in several lines where
    ///     that is little
    RelevanceBar(RelevanceModel model, BooleanExpression ready, MenuButton caption) {
        getStyleClass().add("panel-bar");
        Button preview = named(whole(new Button(Words.of("relevance.preview"))), "preview-button");
        preview.setTooltip(new Tooltip(Words.of("relevance.preview.more")));
        preview.setOnAction(e -> model.preview());
        Button score = named(styled(whole(new Button(Words.of("relevance.score"))), "accent"), "score-button");
        score.setTooltip(new Tooltip(Words.of("relevance.score.more")));
        score.setOnAction(e -> model.score());
        preview.disableProperty().bind(ready.not().or(model.scoring()));
        score.disableProperty().bind(ready.not().or(model.scoring()));
        caption.setWrapText(true);
        caption.setMaxWidth(Double.MAX_VALUE);
        caption.setMinWidth(152);
        caption.setPrefWidth(152);
        caption.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(caption, Priority.ALWAYS);
        Label next = whole(styled(new Label(Words.of("relevance.next")), "note"));
        next.setTooltip(new Tooltip(Words.of("relevance.next.more")));
        getChildren().add(wrapping(caption, row(next, methods(model)), examples(model), preview, score));
    }

    private static ComboBox<ScoreMethod> methods(RelevanceModel model) {
        ComboBox<ScoreMethod> box = named(new ComboBox<>(), "method-combo");
        box.getItems().addAll(ScoreMethod.allMeasured());
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(ScoreMethod method) {
                return method == null ? "" : MethodWords.name(method);
            }

            @Override
            public ScoreMethod fromString(String text) {
                throw new UnsupportedOperationException("not editable");
            }
        });
        box.setMinWidth(USE_PREF_SIZE);
        box.setAccessibleText(Words.of("relevance.method"));
        box.valueProperty().bindBidirectional(model.method());
        box.setTooltip(new Tooltip());
        model.method().subscribe(m -> box.getTooltip()
                .setText(Words.of("relevance.method.more", MethodWords.explanation(m))));
        return box;
    }

    private static Spinner<Integer> examples(RelevanceModel model) {
        SpinnerValueFactory.IntegerSpinnerValueFactory values = new SpinnerValueFactory.IntegerSpinnerValueFactory(
                6, 2000, model.examples().get(), 30);
        Spinner<Integer> spinner = named(new Spinner<>(values), "examples-spinner");
        spinner.setEditable(true);
        values.setConverter(new Texts(model));
        spinner.setMinWidth(Region.USE_PREF_SIZE);
        spinner.setAccessibleText(Words.of("relevance.texts"));
        spinner.setTooltip(new Tooltip(Words.of("relevance.texts.more")));
        values.valueProperty().subscribe(v -> {
            if (v != null) {
                model.examples().set(v);
            }
        });
        return spinner;
    }

    /// Writes the unit after the number. Text that is not a number leaves the value unchanged.
    private static final class Texts extends StringConverter<Integer> {
        private final RelevanceModel model;

        Texts(RelevanceModel model) {
            this.model = model;
        }

        @Override
        public String toString(Integer count) {
            return Words.of("form.texts", String.valueOf(count));
        }

        @Override
        public Integer fromString(String text) {
            try {
                return Integer.valueOf(text.replaceAll("\\D", ""));
            } catch (NumberFormatException notANumber) {
                return model.examples().get();
            }
        }
    }
}
