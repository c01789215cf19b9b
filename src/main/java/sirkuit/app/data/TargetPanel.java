package sirkuit.app.data;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.app.work.Notice;
import sirkuit.protocol.Event;

/// The target language of the project: a summary of its texts, or a button to choose them.
public final class TargetPanel extends VBox {
    private static final int EXAMPLES = 2;
    private static final double HIGH_ENOUGH = 800;

    private final LanguageModel language;
    private final VBox facts = styled(new VBox(), "column");
    private final Label wrong = collapsing(styled(note(""), "wrong"));

    /// @param changed called when the user has chosen other texts
    public TargetPanel(LanguageModel language, ObservableValue<Boolean> readOnly, Runnable changed) {
        this.language = language;
        getStyleClass().add("column");
        PathChooser choosing = new PathChooser(this);
        Button choose =
                named(Icons.before(new Button(Words.of("form.target.choose")), Feather.FOLDER), "choose-target-button");
        choose.getStyleClass().add("small");
        choose.disableProperty().bind(readOnly);
        LabelsBox labels = new LabelsBox("target", language.labels(), readOnly, changed);
        choose.setOnAction(e -> choosing.beside(language.train().file().get())
                .texts(Words.of("form.target.choose.title"), path -> {
                    labels.choosing();
                    language.chooseTrain(path);
                    changed.run();
                }));
        Label name = named(styled(new Label(), "language-name"), "target-name");
        name.textProperty().bind(language.name());
        collapsing(name).visibleProperty().bind(language.name().isNotEmpty());
        getChildren().addAll(row(heading(Words.of("form.target")), gap(), whole(choose)), name, facts, wrong, labels);
        language.train().described().subscribe(d -> show());
        language.test().described().subscribe(d -> show());
        language.train().file().subscribe(f -> show());
        language.train().complaint().subscribe(p -> complain());
        language.test().complaint().subscribe(p -> complain());
        language.train().notes().subscribe(this::show);
        language.test().notes().subscribe(this::show);
    }

    private void show() {
        facts.getChildren().clear();
        Event.Described train = language.train().described().get();
        if (!language.train().chosen()) {
            facts.getChildren().add(note(Words.of("form.target.empty")));
            return;
        }
        if (train == null) {
            Label waits = named(note(""), "target-waits");
            waits.textProperty()
                    .bind(language.train()
                            .waiting()
                            .map(run -> Words.of(run ? "form.target.waiting" : "form.target.reading")));
            facts.getChildren().add(waits);
            return;
        }
        Event.Described test = language.test().described().get();
        Label rows = note(
                test == null
                        ? Words.of("form.target.facts", TextsModel.summary(train))
                        : Words.of(
                                "form.target.facts.tested",
                                TextsModel.summary(train),
                                String.valueOf(test.examples())));
        BalanceBars bars = new BalanceBars();
        bars.show(train);
        facts.getChildren().addAll(rows, bars);
        String notes = Stream.of(language.train(), language.test())
                .flatMap(t -> t.notes().stream())
                .distinct()
                .collect(Collectors.joining("\n"));
        if (!notes.isEmpty()) {
            facts.getChildren().add(named(note(notes), "target-notes"));
        }
        VBox examples = collapsing(styled(new VBox(), "column"));
        train.preview().stream().limit(EXAMPLES).map(TargetPanel::example).forEach(examples.getChildren()::add);
        // In a low window the settings need the space more.
        examples.visibleProperty()
                .bind(sceneProperty()
                        .flatMap(Scene::heightProperty)
                        .map(height -> height.doubleValue() > HIGH_ENOUGH)
                        .orElse(true));
        facts.getChildren().add(examples);
    }

    private static VBox example(Event.Described.Row row) {
        Label text = styled(new Label(row.text().replace('\n', ' ')), "example-text");
        text.setWrapText(true);
        text.setMaxHeight(36);
        return styled(new VBox(styled(new Label(row.label()), "example-label"), text), "example");
    }

    private void complain() {
        Notice problem = language.train().complaint().get() != null
                ? language.train().complaint().get()
                : language.test().complaint().get();
        showProblem(problem);
    }

    private void showProblem(@Nullable Notice problem) {
        facts.setVisible(problem == null);
        facts.setManaged(problem == null);
        wrong.setVisible(problem != null);
        wrong.setText(problem == null ? "" : problem.what() + " " + problem.remedy());
    }
}
