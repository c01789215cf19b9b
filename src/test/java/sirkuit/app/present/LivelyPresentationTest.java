package sirkuit.app.present;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import sirkuit.app.look.Words;
import sirkuit.app.present.script.AudienceNames;
import sirkuit.app.present.script.PageKind;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.work.NoEngine;
import sirkuit.mask.Head;
import sirkuit.presentation.GivenText;
import sirkuit.presentation.TriedText;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sirkuit.run.state.RunState;

/// What a presentation offers: the examples, the parts to switch, the live run, the overview, the audience's words.
class LivelyPresentationTest extends Presenting {
    @Test
    void trainingStartsOnlyWhenSomebodyAsksForIt() {
        PresentModel stage = present();
        stage.go(PageKind.TEACH);
        List.of(2, 3, 15, 25).forEach(this::patienceEnds);
        assertThat(stage.teach().from().get()).isEqualTo(TeachModel.From.FINISHED);
        assertThat(engine.asked()).noneMatch(a -> a.request() instanceof Request.Tune);
        assertThat(stage.teach().canTeach()).isTrue();
        assertThat(stage.teach().seconds())
                .as("nothing was trained on this computer")
                .isNull();
        stage.teach().showLive();
        assertThat(engine.asked()).anyMatch(a -> a.request() instanceof Request.Tune);
        assertThat(stage.teach().canTeach()).isFalse();
    }

    @Test
    void aLiveRunIsDiscardedAtTheEndUnlessItIsKept() {
        PresentModel stage = present();
        RunModel left = taught(stage);
        stage.close();
        assertThat(discarded).containsExactly(left);
        discarded.clear();
        PresentModel again = present();
        RunModel kept = taught(again);
        again.teach().keep();
        again.close();
        assertThat(discarded).isEmpty();
        assertThat(kept.status().get()).isEqualTo(RunState.Status.FINISHED);
    }

    @Test
    void theNextPresentationSaysHowLongTheLastLiveRunTook() {
        PresentModel stage = present();
        taught(stage);
        stage.close();
        assertThat(present().teach().seconds()).as("the run is there").isEqualTo(12.0);
        runs = withoutLiveRuns();
        assertThat(present().teach().seconds()).as("the run was discarded").isEqualTo(12.0);
    }

    private RunsModel withoutLiveRuns() {
        Project open = Objects.requireNonNull(project);
        open.runs().stream().filter(r -> r.id().startsWith("run")).forEach(open::trash);
        RunsModel loaded = new RunsModel(open, session, notices, here);
        loaded.load();
        return loaded;
    }

    /// A live run that takes 12 s.
    private RunModel taught(PresentModel stage) {
        stage.teach().showLive();
        RunModel live = Objects.requireNonNull(stage.teach().run().get());
        NoEngine.Asked tune = engine.last(Request.Tune.class);
        for (String line :
                Objects.requireNonNull(project).run("2-top-precomputed").eventLines()) {
            Event event = Wire.event(line).body();
            tune.answer(event instanceof Event.Finished ? new Event.Finished(12) : event);
        }
        return live;
    }

    /// Then there is nothing to show but the button that starts one.
    @Test
    void noFinishedRunIsOfferedWhereThereIsNone() {
        runs = new RunsModel(Objects.requireNonNull(project), session, notices, here); // not loaded
        PresentModel stage = present();
        stage.go(PageKind.TEACH);
        assertThat(stage.teach().from().get()).isEqualTo(TeachModel.From.NOTHING);
        assertThat(stage.teach().quiet().get()).isEqualTo("Nothing has been taught here yet.");
        assertThat(stage.teach().hasFinished()).isFalse();
        stage.go(PageKind.KEPT);
        assertThat(stage.texts(PageKind.KEPT).text()).startsWith("Two ways to teach it Minangkabau");
    }

    @Test
    void singlePartsAreSwitchedAndTheQuestionNamesThoseThatAreOff() {
        PresentModel stage = present();
        assertThat(stage.ask().offCount()).isEqualTo(8);
        stage.ask().allOn();
        assertThat(stage.ask().offCount()).isZero();
        assertThat(stage.ask().without().get()).isNull();
        stage.ask().toggle(new Head(2, 3));
        stage.ask().toggle(new Head(0, 1));
        stage.ask().toggle(new Head(2, 3));
        stage.ask().toggle(new Head(1, 1));
        Request.WhatIf asked =
                (Request.WhatIf) engine.last(Request.WhatIf.class).request();
        assertThat(asked.off()).containsExactly(new Head(0, 1), new Head(1, 1));
        assertThat(stage.texts(PageKind.OFF).text()).contains("without 2 of them");
        stage.ask().chosenOff();
        assertThat(stage.ask().offCount()).isEqualTo(8);
    }

    @Test
    void theFirstExampleIsTheOneWhoseSureAnswerBecomesSureAndWrong() {
        List<TriedText> tried = List.of(
                tried("never right", "neutral", new double[] {0.9, 0.1, 0}, new double[] {0, 0, 1}),
                tried("hardly changes", "positive", new double[] {0, 0.01, 0.99}, new double[] {0.1, 0.1, 0.8}),
                tried("striking", "negative", new double[] {0.98, 0.01, 0.01}, new double[] {0.02, 0.03, 0.95}),
                tried("unsure", "negative", new double[] {0.5, 0.3, 0.2}, new double[] {0.02, 0.03, 0.95}),
                tried("also", "negative", new double[] {0.9, 0.05, 0.05}, new double[] {0.1, 0.1, 0.8}));
        assertThat(TriedText.examples(tried).stream().map(GivenText::text))
                .as("the best of each label, then the next best")
                .containsExactly("striking", "also", "hardly changes", "never right");
    }

    private static TriedText tried(String text, String label, double[] whole, double[] without) {
        return new TriedText(new GivenText(text, null), label, LABELS, whole, without);
    }

    @Test
    void examplesAreChosenByTheModelsAnswersAndThenStay() throws IOException {
        Files.deleteIfExists(Objects.requireNonNull(project).folder().resolve("present-answers.json"));
        PresentModel stage = present();
        GivenText first = stage.ask().examples().get().getFirst();
        assertThat(stage.ask().text().get()).isEqualTo(first.text());
        String striking = answerEverything();
        List<GivenText> chosen = stage.ask().examples().get();
        assertThat(chosen.getFirst().text()).isEqualTo(striking).isNotEqualTo(first.text());
        assertThat(stage.ask().text().get()).isEqualTo(striking);
        stage.close();
        PresentModel later = present();
        assertThat(later.ask().examples().get()).as("known from the rehearsal").isEqualTo(chosen);
    }

    /// Right and sure about everything. Without the heads it is sure and wrong about one text, and still right about
    /// all others.
    ///
    /// @return that text
    private String answerEverything() {
        Project open = Objects.requireNonNull(project);
        Map<String, Integer> labels = new LinkedHashMap<>();
        Script.read(open, open.resolved(), here)
                .candidates()
                .forEach(t -> labels.put(t.text(), LABELS.indexOf(t.label())));
        String striking = List.copyOf(labels.keySet()).get(7);
        for (int i = 0; i < engine.asked().size(); i++) { // answers make it ask more
            NoEngine.Asked asked = engine.asked().get(i);
            if (asked.request() instanceof Request.Explain e && labels.containsKey(e.text())) {
                asked.answer(sure(labels.get(e.text()), 0.99), new Event.Finished(1));
            } else if (asked.request() instanceof Request.WhatIf w && labels.containsKey(w.text())) {
                int right = labels.get(w.text());
                boolean wrong = w.text().equals(striking);
                asked.answer(wrong ? sure((right + 1) % 3, 0.99) : sure(right, 0.6), new Event.Finished(1));
            }
        }
        return striking;
    }

    private static Event.Explained sure(int label, double probability) {
        double rest = (1 - probability) / 2;
        double[] all = {rest, rest, rest};
        all[label] = probability;
        return explained(all);
    }

    @Test
    void theOverviewGoesToAPageAndSaysWhenItShouldEnd() {
        PresentModel stage = present();
        stage.overview().set(true);
        stage.go(PageKind.OFF);
        assertThat(stage.page().get()).isEqualTo(PageKind.OFF);
        assertThat(stage.overview().get()).isFalse();
        assertThat(stage.plannedEnd(PageKind.OFF)).isEqualTo("5:30");
    }

    @Test
    void labelsAndLanguagesAreNamedInTheAudiencesLanguage() throws IOException {
        AudienceNames plain = AudienceNames.NONE;
        assertThat(plain.label("negatif")).isEqualTo("negative");
        assertThat(plain.label("LABEL_7")).isEqualTo("LABEL_7");
        assertThat(plain.language("bahasa Jawa")).isEqualTo("Javanese");
        assertThat(plain.language("Reviews of 2020")).isEqualTo("Reviews of 2020");
        Files.writeString(Objects.requireNonNull(project).folder().resolve("present.json"), """
                {"schemaVersion": 1, "labels": {"neutral": "biasa saja"},
                 "languages": {"Minangkabau": "baso Minang"}}""");
        Words.speak("id");
        try {
            assertThat(plain.label("entailment")).isEqualTo("pasti benar");
            assertThat(plain.language("Indonesian")).isEqualTo("bahasa Indonesia");
            PresentModel stage = present();
            assertThat(stage.texts(PageKind.READ).text()).contains("bahasa Indonesia");
            assertThat(stage.texts(PageKind.TEACH).text()).contains("baso Minang");
            assertThat(stage.subject().names().label("neutral")).isEqualTo("biasa saja");
            assertThat(stage.ask().meaning())
                    .as("the data explains it in English only")
                    .isEmpty();
        } finally {
            Words.speak("en");
        }
    }
}
