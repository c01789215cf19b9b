package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.List;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.present.Page;
import sirkuit.app.present.PageKind;
import sirkuit.app.present.PageTexts;
import sirkuit.app.present.PresentedProject;
import sirkuit.app.present.TeachModel;
import sirkuit.app.runs.RunModel;
import sirkuit.protocol.Event;

/// The page on which the model learns a new language while the audience watches.
final class TeachPage extends Page {
    private static final Duration STEP = Duration.millis(700);

    private final TeachModel model;
    private final PresentedProject subject;
    private final LanguageCard target;
    private final LanguageCard source;
    private final Label going = named(styled(new Label(), "stage-going"), "stage-going");
    private final Timeline showing;

    /// @param texts its texts for the run that it shows
    TeachPage(TeachModel model, Supplier<PageTexts> texts, PresentedProject subject, ObservableValue<Theme> theme) {
        super(PageKind.TEACH, texts.get());
        this.model = model;
        this.subject = subject;
        target = new LanguageCard(subject.targetName(), "stage-teach-target", false, theme);
        source = new LanguageCard(subject.sourceName(), "stage-teach-source", true, theme);
        CourseCanvas course = named(new CourseCanvas(model, theme), "stage-course");
        HBox.setHgrow(course, Priority.ALWAYS);
        VBox cards = styled(new VBox(target, source), "stage-cards");
        Label quiet = quiet("stage-teach-quiet");
        quiet.textProperty().bind(model.quiet());
        Button finished = button("stage-show-finished", "present.teach.finished", model::showFinished);
        finished.visibleProperty().bind(model.from().isEqualTo(TeachModel.From.LIVE));
        Button live = button("stage-show-live", "present.teach.live", model::showLive);
        live.visibleProperty().bind(model.from().isEqualTo(TeachModel.From.FINISHED));
        HBox below = styled(new HBox(collapsing(whole(going)), quiet, gap(), finished, live), "stage-below");
        getChildren().addAll(filling(styled(new HBox(course, cards), "stage-teaching")), below);
        going.visibleProperty().bind(going.textProperty().isNotEmpty());
        quiet.setMaxWidth(Region.USE_PREF_SIZE);
        showing = new Timeline(new KeyFrame(STEP, e -> model.advance()));
        showing.setCycleCount(Animation.INDEFINITE);
        model.shown().subscribe(s -> show());
        model.run().subscribe(r -> {
            say(texts.get());
            show();
        });
        model.from().subscribe(f -> show());
    }

    @Override
    public void enter() {
        showing.play();
    }

    @Override
    public void leave() {
        showing.stop();
    }

    private void show() {
        RunModel run = model.run().get();
        int count = model.shown().get();
        List<Event.Evaluated> all = run == null ? List.of() : run.evaluations();
        boolean live = model.from().get() == TeachModel.From.LIVE;
        if (count == 0 || all.size() < count) {
            target.nothing();
            source.nothing();
            going.setText(live ? Words.of("present.teach.starting") : "");
            return;
        }
        Event.Evaluated first = all.getFirst();
        Event.Evaluated now = all.get(count - 1);
        RunModel shown = java.util.Objects.requireNonNull(run); // it has evaluations
        target.show(
                subject.targetName(shown),
                first.target().accuracy(),
                now.target().accuracy());
        if (first.source() != null && now.source() != null) {
            source.show(
                    subject.sourceName(shown),
                    first.source().accuracy(),
                    now.source().accuracy());
        }
        boolean over = run != null && now.step() >= run.planned();
        going.setText(
                !live
                        ? ""
                        : over
                                ? Words.of("present.teach.done")
                                : Words.of("present.teach.going", ShareWords.percent(share(run, now))));
    }

    private static double share(@org.jspecify.annotations.Nullable RunModel run, Event.Evaluated now) {
        return run == null || run.planned() == 0 ? 0 : (double) now.step() / run.planned();
    }

    private static Button button(String id, String words, Runnable deed) {
        Button button = collapsing(whole(named(styled(new Button(Words.of(words)), "flat", "stage-choice"), id)));
        button.setOnAction(e -> deed.run());
        return button;
    }
}
