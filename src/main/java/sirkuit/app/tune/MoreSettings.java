package sirkuit.app.tune;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import sirkuit.app.look.FoldedPane;
import sirkuit.app.look.SwitchRow;
import sirkuit.app.look.Words;
import sirkuit.app.tune.NumberField.Allowed;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;

/// Rarely changed settings of a run, collapsed.
final class MoreSettings extends FoldedPane {
    private final TuneModel model;

    /// @param head  whether the classifier is trained too
    /// @param batch size of a batch
    /// @param browse lets the user choose a file of texts
    /// @param targets the targets of the project that the next run does not learn
    MoreSettings(
            TuneModel model,
            Node head,
            NumberField batch,
            Consumer<Consumer<Path>> browse,
            Supplier<List<ProjectFile.Language>> targets) {
        super(Words.of("tune.more"), null);
        this.model = model;
        CourseModel course = model.course();
        Allowed share = Allowed.number(v -> v >= 0 && v <= 1, Words.of("tune.allowed.range", "0", "1"));
        GridPane optimizer = TunePanel.pairs(
                batch.under(Words.of("tune.batch")),
                number("accumulate", course.accumulate(), Allowed.whole(1, 1024)),
                schedule(course),
                plain("warmup-field", Words.of("tune.warmup.short"), model.warmup(), share)
                        .under(Words.of("tune.warmup")),
                plain("weight-decay-field", Words.of("tune.weight-decay"), model.weightDecay(), share)
                        .under(Words.of("tune.weight-decay")),
                plain(
                                "clip-field",
                                Words.of("tune.clip.short"),
                                model.clip(),
                                Allowed.number(v -> v >= 0, Words.of("tune.allowed.least", "0")))
                        .under(Words.of("tune.clip")),
                plain("seed-field", Words.of("runs.column.seed"), model.seed(), Allowed.whole(0, Integer.MAX_VALUE))
                        .under(Words.of("runs.column.seed")),
                number("few-shot", course.examples(), Allowed.whole(0, 1_000_000)),
                number("evaluate-every", course.evaluateEvery(), Allowed.whole(0, 1_000_000)),
                number("patience", course.patience(), Allowed.whole(0, 10_000)));
        SwitchRow guard = toggle("guard", course.guarded());
        VBox limit = number(
                "limit",
                course.limit(),
                Allowed.number(v -> v >= 0 && v <= 100, Words.of("tune.allowed.range", "0", "100")));
        limit.disableProperty().bind(course.guarded().not());
        setContent(styled(
                new VBox(
                        head,
                        optimizer,
                        guard,
                        limit,
                        toggle("layers-again", course.layersAgain()),
                        new WatchedList(course, browse, targets)),
                "column"));
        setId("more-settings");
        setExpanded(false);
        getStyleClass().addAll("dense", "fold");
        setAnimated(false);
    }

    private NumberField plain(String id, String name, Property<Number> value, Allowed allowed) {
        return new NumberField(id, name, value, allowed, model.mistakes());
    }

    private VBox number(String key, Property<Number> value, Allowed allowed) {
        String name = Words.of("runs.tune." + key);
        NumberField number = plain(key + "-field", name, value, allowed);
        VBox field = number.under(name);
        Tooltip.install(field, new Tooltip(Words.of("runs.tune." + key + ".more")));
        return field;
    }

    private static SwitchRow toggle(String key, BooleanProperty value) {
        return new SwitchRow(
                key + "-switch", Words.of("runs.tune." + key), Words.of("runs.tune." + key + ".more"), value);
    }

    private static Region schedule(CourseModel course) {
        ComboBox<RunConfig.Course.Schedule> box = named(new ComboBox<>(), "schedule-combo");
        box.getItems().addAll(RunConfig.Course.Schedule.values());
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(RunConfig.Course.Schedule s) {
                return s == null ? "" : Words.of("runs.schedule." + s.name().toLowerCase(Locale.ROOT));
            }

            @Override
            public RunConfig.Course.Schedule fromString(String text) {
                throw new UnsupportedOperationException("not editable");
            }
        });
        box.setMinWidth(0);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setTooltip(new Tooltip(Words.of("runs.tune.schedule.more")));
        box.valueProperty().bindBidirectional(course.schedule());
        return field(Words.of("runs.tune.schedule"), box);
    }
}
