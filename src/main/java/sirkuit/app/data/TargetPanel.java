package sirkuit.app.data;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.work.Notice;
import sirkuit.protocol.Event;

/// The targets of the project: a choice if there are several, and a summary of the texts of the one to learn now.
public final class TargetPanel extends VBox {
    private static final int EXAMPLES = 2;
    private static final double HIGH_ENOUGH = 800;

    private final LanguageModel language;
    private final VBox facts = styled(new VBox(), "column");
    private final Label wrong = collapsing(styled(note(""), "wrong"));

    public TargetPanel(TargetsModel model, ObservableValue<Boolean> readOnly) {
        language = model.language();
        getStyleClass().add("column");
        LabelsBox labels = new LabelsBox("target", language.labels(), readOnly, model::textsChanged);
        getChildren().addAll(new TargetHeader(model, readOnly, labels::choosing), facts, wrong, labels);
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
