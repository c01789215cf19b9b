package sirkuit.app.browser;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import org.controlsfx.control.RangeSlider;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;

/// The filter controls. The filter itself belongs to the model, so changes made elsewhere show here too.
final class FilterBar extends FlowPane {
    private final BrowserModel model;
    private final TextField words = named(new TextField(), "data-search");
    private final ComboBox<String> label = choice("data-label", Words.of("data.filter.label.more"));
    private final ComboBox<String> predicted = choice("data-predicted", Words.of("data.filter.predicted.more"));
    private final ComboBox<String> outcome = choice("data-outcome", Words.of("data.filter.outcome.more"));
    private final ComboBox<String> language = choice("data-language", Words.of("data.filter.language.more"));
    private final RangeSlider sure = named(new RangeSlider(0, 100, 0, 100), "data-confidence");
    private final Label range = styled(new Label(), "number");
    private boolean showing;

    FilterBar(BrowserModel model) {
        this.model = model;
        getStyleClass().add("data-filters");
        words.setPromptText(Words.of("data.filter.words"));
        words.setTooltip(new Tooltip(Words.of("data.filter.words.more")));
        words.textProperty().subscribe(text -> change(f -> f.withWords(text.strip())));
        on(label, i -> change(f -> f.withLabel(i - 1)));
        on(predicted, i -> change(f -> f.withPredicted(i - 1)));
        on(outcome, i -> change(f -> f.withRight(i == 0 ? null : (Boolean) (i == 1))));
        on(
                language,
                i -> change(
                        f -> f.withLanguage(i == 0 ? null : language.getItems().get(i))));
        outcome.getItems()
                .setAll(Words.of("data.filter.outcome"), Words.of("data.filter.right"), Words.of("data.filter.wrong"));
        sure.setBlockIncrement(5);
        sure.setTooltip(new Tooltip(Words.of("data.filter.confidence.more")));
        sure.setAccessibleText(Words.of("data.filter.confidence.more"));
        sure.lowValueProperty().subscribe((was, now) -> confidence());
        sure.highValueProperty().subscribe((was, now) -> confidence());
        Button clear = named(
                Icons.only(new Button(), Feather.ROTATE_CCW, Words.of("data.filter.clear")), "clear-filters-button");
        clear.setOnAction(e -> model.filter().set(Filter.ALL));
        getChildren()
                .addAll(
                        words,
                        label,
                        predicted,
                        outcome,
                        collapsing(language),
                        row(new Label(Words.of("data.filter.confidence")), sure, range, clear));
        model.shown().subscribe(f -> choices());
        model.filter().subscribe(this::show);
    }

    private static ComboBox<String> choice(String id, String more) {
        ComboBox<String> box = named(new ComboBox<>(), id);
        box.setTooltip(new Tooltip(more));
        box.setAccessibleText(more);
        return box;
    }

    private static void on(ComboBox<String> box, Consumer<Integer> chosen) {
        box.getSelectionModel().selectedIndexProperty().subscribe((was, now) -> {
            if (now.intValue() >= 0) {
                chosen.accept(now.intValue());
            }
        });
    }

    private void confidence() {
        change(f -> f.withConfidence(sure.getLowValue() / 100, sure.getHighValue() / 100));
    }

    private void change(UnaryOperator<Filter> how) {
        if (!showing) {
            model.filter().set(how.apply(model.filter().get()));
        }
    }

    /// Labels and languages come with the rows.
    private void choices() {
        Predictions rows = model.rows().get();
        if (rows != null) {
            List<String> labels = rows.labels();
            fill(label, Words.of("data.filter.label"), labels);
            fill(predicted, Words.of("data.filter.predicted"), labels);
            fill(language, Words.of("data.filter.language"), rows.languages());
            language.setVisible(rows.languages().size() > 1);
        }
    }

    private void fill(ComboBox<String> box, String any, List<String> names) {
        List<String> all = new ArrayList<>(List.of(any));
        all.addAll(names);
        if (!box.getItems().equals(all)) {
            showing = true;
            box.getItems().setAll(all);
            showing = false;
            show(model.filter().get());
        }
    }

    private void show(Filter filter) {
        showing = true;
        if (!words.getText().strip().equals(filter.words())) {
            words.setText(filter.words());
        }
        label.getSelectionModel().select(filter.label() + 1);
        predicted.getSelectionModel().select(filter.predicted() + 1);
        outcome.getSelectionModel().select(right(filter.right()));
        language.getSelectionModel()
                .select(Math.max(0, language.getItems().indexOf(Objects.requireNonNullElse(filter.language(), ""))));
        if (filter.low() * 100 != sure.getLowValue() || filter.high() * 100 != sure.getHighValue()) {
            sure.setHighValue(filter.high() * 100);
            sure.setLowValue(filter.low() * 100);
        }
        range.setText(Words.of(
                "data.filter.range",
                String.valueOf(Math.round(100 * filter.low())),
                String.valueOf(Math.round(100 * filter.high()))));
        showing = false;
    }

    private static int right(@Nullable Boolean right) {
        return right == null ? 0 : right ? 1 : 2;
    }
}
