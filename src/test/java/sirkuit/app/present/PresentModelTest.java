package sirkuit.app.present;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import sirkuit.Problem;
import sirkuit.app.SampleCopy;
import sirkuit.app.look.Words;
import sirkuit.app.present.answer.SentencePredictions;
import sirkuit.app.present.script.PageKind;
import sirkuit.app.present.script.PresentFile;
import sirkuit.app.present.stage.ShareWords;
import sirkuit.app.runs.RunsModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.presentation.ForgettingComparison;
import sirkuit.presentation.GivenText;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// The presentation without a window: it never waits for an engine longer than an audience would.
class PresentModelTest extends Presenting {
    @Test
    void pagesFollowOneAnotherAndEndAtTheLast() {
        PresentModel stage = present();
        assertThat(stage.page().get()).isEqualTo(PageKind.READ);
        stage.back();
        assertThat(stage.page().get()).isEqualTo(PageKind.READ);
        stage.black().set(true);
        stage.next();
        assertThat(stage.page().get()).isEqualTo(PageKind.PARTS);
        assertThat(stage.black().get()).isFalse();
        stage.last();
        stage.next();
        assertThat(stage.page().get()).isEqualTo(PageKind.KEPT);
        stage.first();
        assertThat(stage.page().get()).isEqualTo(PageKind.READ);
    }

    @Test
    void theClockTellsTheTimeAndWhenThePageShouldEnd() {
        PresentModel stage = present();
        stage.next();
        now = 192_000_000_000L;
        assertThat(stage.time()).isEqualTo("3:12 / 3:30");
        assertThat(stage.late()).isFalse();
        now = 240_000_000_000L;
        assertThat(stage.late()).isTrue();
    }

    @Test
    void aSentenceWithoutAnAnswerIsSaidToHaveNoneAndALateAnswerIsShown() {
        PresentModel stage = present();
        stage.ask().text().set("filmnya bagus");
        patienceEnds(3);
        assertThat(stage.ask().whole().get()).isNull();
        assertThat(stage.ask().quiet().get()).isEqualTo("No answer yet.");
        engine.last(Request.Explain.class).answer(explained(0.1, 0.1, 0.8), new Event.Finished(1));
        assertThat(Objects.requireNonNull(stage.ask().whole().get()).label()).isEqualTo("positive");
        assertThat(stage.ask().quiet().get()).isEmpty();
        stage.ask().text().set("filmnya jelek");
        patienceEnds(3);
        assertThat(stage.ask().quiet().get()).contains("“filmnya bagus”");
        assertThat(notices.open()).isEmpty();
    }

    @Test
    void whatWasAnsweredInARehearsalIsThereWhenTheEngineIsNot() {
        PresentModel rehearsed = present();
        String first = rehearsed.ask().examples().get().getFirst().text();
        engine.last(Request.Explain.class).answer(explained(0.9, 0.05, 0.05), new Event.Finished(1));
        engine.last(Request.WhatIf.class).answer(explained(0.2, 0.7, 0.1), new Event.Finished(1));
        rehearsed.close();

        PresentModel later = present();
        assertThat(later.ask().text().get()).isEqualTo(first);
        engine.last(Request.Explain.class).answer(new Event.Failed("It died.", "Start it.", null));
        assertThat(Objects.requireNonNull(later.ask().whole().get()).label()).isEqualTo("negative");
        assertThat(later.ask().quiet().get()).isEqualTo("Answered earlier.");
        patienceEnds(3);
        assertThat(Objects.requireNonNull(later.ask().without().get()).label()).isEqualTo("neutral");
    }

    @Test
    void twoSentencesAreAskedAboutTogetherAndOnlyOnceBothAreThere() throws IOException {
        close();
        project = Project.open(SampleCopy.of("inference", folder));
        write("""
                {"schemaVersion": 1, "examples": ["bibi membeli baju / bibi tidak membeli baju"]}""");
        runs = new RunsModel(project, session, notices, here);
        runs.load();
        PresentModel stage = present();
        assertThat(stage.texts(PageKind.READ).title()).isEqualTo("A model that compares sentences");
        assertThat(stage.ask().examples().get())
                .containsExactly(new GivenText("bibi membeli baju", "bibi tidak membeli baju"));
        Request.Explain asked =
                (Request.Explain) engine.last(Request.Explain.class).request();
        assertThat(asked.text()).isEqualTo("bibi membeli baju");
        assertThat(asked.pair()).isEqualTo("bibi tidak membeli baju");
        long questions = questions();
        stage.ask().pair().set("");
        assertThat(questions()).as("half a question is none").isEqualTo(questions);
        assertThat(stage.ask().whole().get()).isNull();
        stage.ask().pair().set("bibi membeli sarung");
        assertThat(questions()).isEqualTo(questions + 2); // with all heads and without some
    }

    private long questions() {
        return engine.asked().stream()
                .filter(a -> a.request() instanceof Request.Explain || a.request() instanceof Request.WhatIf)
                .count();
    }

    @Test
    void aRunThatDoesNotBeginGivesWayToTheFinishedOne() {
        PresentModel stage = present();
        stage.go(PageKind.TEACH);
        stage.teach().showLive();
        assertThat(stage.teach().from().get()).isEqualTo(TeachModel.From.LIVE);
        Request.Tune asked = (Request.Tune) engine.last(Request.Tune.class).request();
        assertThat(Objects.requireNonNull(asked.config().mask()).size()).isEqualTo(8);
        patienceEnds(15);
        assertThat(stage.teach().from().get()).isEqualTo(TeachModel.From.FINISHED);
        assertThat(Objects.requireNonNull(stage.teach().run().get()).id()).isEqualTo("2-top-precomputed");
        assertThat(stage.teach().quiet().get()).contains("earlier");
        stage.teach().advance();
        assertThat(stage.teach().shown().get()).isEqualTo(2);
    }

    /// A run shows what it learnt and nothing else, whatever the project has chosen since.
    @Test
    void noRunOfAnotherTargetIsShownAndItIsSaidWhoseTheyAre() {
        Project open = Objects.requireNonNull(project);
        ProjectFile file = open.resolved();
        ProjectFile.Language minangkabau = Objects.requireNonNull(file.target());
        DataFile javanese = minangkabau.test().at(minangkabau.test().file().replace("minangkabau", "javanese"));
        for (ProjectFile.Language other : List.of(
                new ProjectFile.Language("Javanese", javanese, javanese),
                new ProjectFile.Language("Javanese", minangkabau.train(), minangkabau.test()))) { // in the same place
            open.update(file.withTarget(other));
            PresentModel stage = present();
            stage.kept().refresh();
            assertThat(stage.kept().masked().get()).isNull();
            assertThat(stage.kept().full().get()).isNull();
            assertThat(stage.kept().quiet().get()).isEqualTo("So far it has been taught Minangkabau, not Javanese.");
            stage.teach().showFinished();
            assertThat(stage.teach().run().get()).isNull();
            assertThat(stage.teach().quiet().get()).isEqualTo("So far it has been taught Minangkabau, not Javanese.");
            stage.close();
        }
        open.update(file.withTarget(new ProjectFile.Language("Minangkabau", javanese, javanese)));
        PresentModel stage = present();
        stage.kept().refresh();
        assertThat(stage.kept().quiet().get()).isEqualTo("It was taught earlier, but tested on other texts.");
    }

    @Test
    void theRunsOnShowSayWhatTheyLearnt() {
        PresentModel stage = present();
        stage.kept().refresh();
        ForgettingModel.Outcome masked =
                Objects.requireNonNull(stage.kept().masked().get());
        assertThat(masked.targetName()).isEqualTo("Minangkabau");
        assertThat(masked.sourceName()).isEqualTo("Indonesian");
        stage.teach().showLive();
        RunConfig live = ((Request.Tune) engine.last(Request.Tune.class).request()).config();
        assertThat(live.target()).isEqualTo("Minangkabau");
        assertThat(live.source()).isEqualTo("Indonesian");
    }

    /// What an older version made says neither target nor source: a name guessed from its files is none for an
    /// audience.
    @Test
    void aRunThatDoesNotSayWhatItLearntIsCalledAsTheProjectIs() throws IOException {
        rewrite(",\\s*\"(target|source)\"\\s*:\\s*\"(Minangkabau|Indonesian)\"", "");
        Project open = Objects.requireNonNull(project);
        ProjectFile file = open.resolved();
        ProjectFile.Language target = Objects.requireNonNull(file.target());
        open.update(file.withTarget(new ProjectFile.Language("Minang", target.train(), target.test())));
        assertThat(Objects.requireNonNull(runs).runs()).isNotEmpty().noneMatch(r -> r.texts()
                .told());
        PresentModel stage = present();
        stage.kept().refresh();
        ForgettingModel.Outcome masked =
                Objects.requireNonNull(stage.kept().masked().get());
        assertThat(masked.targetName()).isEqualTo("Minang");
        assertThat(masked.sourceName()).isEqualTo("Indonesian");
        stage.close();
        DataFile javanese = target.test().at(target.test().file().replace("minangkabau", "javanese"));
        open.update(file.withTarget(new ProjectFile.Language("Javanese", javanese, javanese)));
        PresentModel other = present();
        other.kept().refresh();
        assertThat(other.kept().quiet().get())
                .as("nothing says that it was not Javanese")
                .isEqualTo("It was taught earlier, but tested on other texts.");
    }

    @Test
    void pagesSayHowManyPartsTheRunThatTheyShowHasChanged() {
        PresentModel stage = present(new HeadMask(4, 8, List.of(new Head(0, 0), new Head(1, 1)), "by hand"));
        assertThat(stage.texts(PageKind.TEACH).text()).contains("only 2 of its");
        assertThat(stage.texts(PageKind.OFF).text()).contains("without 2 of them");
        ForgettingModel.Outcome masked =
                Objects.requireNonNull(stage.kept().masked().get());
        assertThat(masked.parts()).isGreaterThan(2);
        assertThat(stage.texts(PageKind.KEPT).text()).contains("once with only " + masked.parts() + " parts");
        stage.teach().showFinished();
        assertThat(stage.texts(PageKind.TEACH).text()).contains("only " + masked.parts() + " of its");
    }

    @Test
    void aResultThatWasPickedOnItsOwnTestTextsSaysSo() throws IOException {
        PresentModel plain = present();
        assertThat(Objects.requireNonNull(plain.kept().masked().get()).picked()).isFalse();
        plain.close();
        rewrite("\"patience\" : 0", "\"patience\" : 3");
        PresentModel stage = present();
        assertThat(Objects.requireNonNull(stage.kept().masked().get()).picked()).isTrue();
    }

    /// Of all runs, which are read again.
    private void rewrite(String pattern, String by) throws IOException {
        Project open = Objects.requireNonNull(project);
        for (RunFolder run : open.runs()) {
            for (Path file : List.of(run.configFile(), run.eventsFile())) {
                Files.writeString(file, Files.readString(file).replaceAll(pattern, by));
            }
        }
        runs = new RunsModel(open, session, notices, here);
        runs.load();
    }

    @Test
    void keptAndLostAreCountedAndBothDirectionsTold() {
        SentencePredictions before = reading(0, 1, 2, 2);
        SentencePredictions full = reading(0, 2, 2, 0);
        SentencePredictions masked = reading(1, 1, 2, 0);
        ForgettingComparison kept =
                ForgettingComparison.of("full", "masked", before.rows(), full.rows(), masked.rows());
        assertThat(kept.of()).isEqualTo(4);
        assertThat(kept.lostByFull()).isEqualTo(1);
        assertThat(kept.lostByMasked()).isEqualTo(1);
        assertThat(kept.sentences())
                .containsExactly(new ForgettingComparison.Sentence("text 1", null, "neutral", "positive"));
    }

    /// Nothing is listed where only the other way lost something: then the heading may not say that nothing was lost.
    @Test
    void whatOnlyFewPartsLostIsCountedAndNotDenied() {
        SentencePredictions right = reading(0, 1, 2, 1);
        ForgettingComparison kept = ForgettingComparison.of(
                "full",
                "masked",
                right.rows(),
                right.rows(),
                reading(0, 2, 2, 1).rows());
        assertThat(kept.lostByMasked()).isEqualTo(1);
        assertThat(kept.sentences()).isEmpty();
        assertThat(Words.of("present.forgetting.none"))
                .isEqualTo("No sentence was lost when everything changed but kept when only a few parts did.");
    }

    /// @param predicted of four texts, whose labels are 0, 1, 2 and 1
    private static SentencePredictions reading(int... predicted) {
        int[] right = {0, 1, 2, 1};
        SentencePredictions reading = new SentencePredictions(
                new Request.Model("checkpoint", null, 8), new sirkuit.record.DataFile("test.csv"), () -> {});
        for (int from = 0; from < 4; from += 2) {
            List<Event.Predicted.Row> rows = new ArrayList<>();
            for (int i = from; i < from + 2; i++) {
                rows.add(new Event.Predicted.Row("text " + i, null, right[i], null, predicted[i], new float[3]));
            }
            reading.hear(new Event.Predicted(from, 4, LABELS, rows));
        }
        reading.hear(new Event.Finished(1));
        return reading;
    }

    @Test
    void thePresentersOwnTextsNameTheProjectsFacts() throws IOException {
        write("""
                {"schemaVersion": 1, "examples": ["filmnya bagus"],
                 "pages": {"parts": {"title": "{chosen} of {parts} in {source} and {target}", "minutes": 7}}}""");
        PresentModel stage = present();
        assertThat(stage.texts(PageKind.PARTS).title()).isEqualTo("8 of 32 in Indonesian and Minangkabau");
        assertThat(stage.texts(PageKind.PARTS).minutes()).isEqualTo(7);
        assertThat(stage.texts(PageKind.READ).title()).isEqualTo("A model that reads reviews");
        assertThat(stage.ask().examples().get()).containsExactly(new GivenText("filmnya bagus", null));
    }

    @Test
    void textsThatCannotBeShownAreRefusedWithASentence() throws IOException {
        for (String bad : List.of(
                "{\"schemaVersion\": 1, \"pages\": {\"parst\": {}}}",
                "{\"schemaVersion\": 1, \"pages\": {\"parts\": {\"minutes\": -1}}}",
                "{\"schemaVersion\": 1, \"pages\": {\"parts\": {\"title\": \"" + "long ".repeat(40) + "\"}}}",
                "{\"schemaVersion\": 1, \"examples\": [\"\"]}",
                "{\"schemaVersion\": 9}",
                "not JSON")) {
            write(bad);
            Path place = Objects.requireNonNull(project).folder();
            assertThatThrownBy(() -> PresentFile.read(place))
                    .as(bad)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("present.json");
            assertThat(Script.read(project, project.resolved(), here).problem()).isNotNull();
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(Objects.requireNonNull(project).folder().resolve("present.json"), text);
    }

    @Test
    void sharesAreSaidAsPeopleSayThem() {
        assertThat(ShareWords.words(0.787)).isEqualTo("8 of 10");
        assertThat(ShareWords.words(0.97)).isEqualTo("9 of 10");
        assertThat(ShareWords.words(0.02)).isEqualTo("1 of 10");
        assertThat(ShareWords.words(1)).isEqualTo("10 of 10");
        assertThat(ShareWords.percent(0.9996)).isEqualTo("99\u202f%");
    }
}
