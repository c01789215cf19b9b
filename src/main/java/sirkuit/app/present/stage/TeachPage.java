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
import sirkuit.app.present.PageTexts;
import sirkuit.app.present.PresentedProject;
import sirkuit.app.present.TeachModel;
import sirkuit.app.present.script.PageKind;
import sirkuit.app.runs.RunForecast;
import sirkuit.app.runs.RunModel;
import sirkuit.protocol.Event;

/// The page on which the model learns a new language while the audience watches: an earlier run, or a live one that a
/// button starts.
final class TeachPage extends Page {
    private static final Duration STEP = Duration.millis(700);

    private final TeachModel model;
    private final PresentedProject subject;
    private final LanguageCard target;
    private final LanguageCard source;
    private final Label going = named(styled(new Label(), "stage-going"), "stage-going");
    private final Label takes = named(words("", "stage-quiet"), "stage-takes");
    private final Button finished;
    private final Button watch;
    private final Button keep;
    private final Button start;
    private final Timeline showing;

    /// @param texts  its texts for the run that it shows
    /// @param motion how many times faster than usual the finished run is replayed
    TeachPage(
            TeachModel model,
            Supplier<PageTexts> texts,
            PresentedProject subject,
            ObservableValue<Theme> theme,
            double motion) {
        super(PageKind.TEACH, texts.get());
        this.model = model;
        this.subject = subject;
        target = new LanguageCard(subject.names().language(subject.targetName()), "stage-teach-target", false, theme);
        source = new LanguageCard(subject.names().language(subject.sourceName()), "stage-teach-source", true, theme);
        CourseCanvas course = named(new CourseCanvas(model, theme), "stage-course");
        HBox.setHgrow(course, Priority.ALWAYS);
        VBox cards = styled(new VBox(target, source), "stage-cards");
        Label quiet = quiet("stage-teach-quiet");
        quiet.textProperty().bind(model.quiet());
        finished = button("stage-show-finished", "present.teach.finished", model::showFinished);
        watch = button("stage-watch-live", "present.teach.watch", model::showLive);
        keep = button("stage-keep", "present.teach.keep", model::keep);
        start = button("stage-show-live", "present.teach.live", model::showLive);
        start.getStyleClass().remove("flat");
        start.getStyleClass().addAll("accent", "stage-start");
        HBox.setHgrow(quiet, Priority.ALWAYS);
        HBox below = styled(
                new HBox(collapsing(whole(going)), quiet, gap(), keep, finished, watch, collapsing(takes), start),
                "stage-below");
        getChildren().addAll(filling(styled(new HBox(course, cards), "stage-teaching")), below);
        going.visibleProperty().bind(going.textProperty().isNotEmpty());
        takes.setMaxWidth(Region.USE_PREF_SIZE);
        quiet.setMaxWidth(Region.USE_PREF_SIZE);
        showing = new Timeline(new KeyFrame(STEP.divide(motion), e -> model.advance()));
        showing.setCycleCount(Animation.INDEFINITE);
        model.shown().subscribe(s -> show());
        model.run().subscribe(r -> {
            say(texts.get());
            show();
        });
        model.from().subscribe(f -> show());
        model.kept().subscribe(k -> show());
        model.left().subscribe(l -> show());
        model.quiet().subscribe(q -> show());
        subject.checkpoint().subscribe(c -> show());
    }

    @Override
    public void enter() {
        show();
        showing.play();
    }

    @Override
    public void leave() {
        showing.stop();
    }

    private void show() {
        offer();
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
                subject.names().language(subject.targetName(shown)),
                first.learnt().accuracy(),
                now.learnt().accuracy());
        if (first.source() != null && now.source() != null) {
            source.show(
                    subject.names().language(subject.sourceName(shown)),
                    first.source().accuracy(),
                    now.source().accuracy());
        }
        going.setText(live ? going(shown, now) : "");
    }

    private String going(RunModel run, Event.Evaluated now) {
        if (now.step() >= run.planned()) {
            return Words.of(model.kept().get() ? "present.teach.kept" : "present.teach.done", run.name());
        }
        String done = ShareWords.percent(share(run, now));
        String left = model.left().get();
        return left.isEmpty()
                ? Words.of("present.teach.going", done)
                : Words.of("present.teach.going.left", done, left);
    }

    /// The buttons: only what can be done now.
    private void offer() {
        boolean live = model.from().get() == TeachModel.From.LIVE;
        boolean taught = model.taught();
        boolean startable = model.canTeach();
        finished.setVisible(live && model.hasFinished());
        watch.setVisible(!live && taught);
        keep.setVisible(live && taught && !model.kept().get());
        start.setVisible(startable);
        takes.setVisible(startable);
        Double seconds = model.seconds();
        takes.setText(
                seconds == null
                        ? Words.of("present.teach.takes.unknown")
                        : Words.of("present.teach.takes", RunForecast.duration(rounded(seconds))));
    }

    /// As exact as an estimate can be.
    private static double rounded(double seconds) {
        double step = seconds < 20 ? 1 : 5;
        return Math.max(step, Math.round(seconds / step) * step);
    }

    private static double share(RunModel run, Event.Evaluated now) {
        return run.planned() == 0 ? 0 : (double) now.step() / run.planned();
    }

    private static Button button(String id, String words, Runnable deed) {
        Button button = collapsing(whole(named(styled(new Button(Words.of(words)), "flat", "stage-choice"), id)));
        button.setOnAction(e -> deed.run());
        return button;
    }
}
