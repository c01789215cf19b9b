package sirkuit.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Message;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.LabelBinding;
import sirkuit.record.LabelBinding.How;
import sirkuit.record.LabelChoices;
import sirkuit.record.ProjectFile;

class LabelsModelTest {
    private static final List<String> CLASSES = List.of("negative", "neutral", "positive");

    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final SimpleObjectProperty<Request.@Nullable Model> checkpoint =
            new SimpleObjectProperty<>(new Request.Model("checkpoint", null, 64));
    private final LanguageModel language =
            new LanguageModel(new WindowEngine(states -> engine, new Notices()), checkpoint);

    @BeforeEach
    void texts() throws IOException {
        Files.writeString(folder.resolve("train.csv"), "text,label\n");
        Files.writeString(folder.resolve("test.csv"), "text,label\n");
        Files.writeString(folder.resolve("other.csv"), "text,label\n");
        language.chooseTrain(folder);
    }

    private static LabelBinding.Value value(String label, @Nullable String meaning, How how) {
        return new LabelBinding.Value(label, meaning, how, 5, List.of("text of " + label));
    }

    private void answer(String file, LabelBinding.Value... values) {
        NoEngine.Asked asked = describe(file);
        asked.answer(new Event.Bound(
                Event.Bound.DATA, asked(asked).file(), new LabelBinding(CLASSES, "config", List.of(values))));
    }

    private NoEngine.Asked describe(String file) {
        return engine.asked().reversed().stream()
                .filter(a -> a.request() instanceof Request.Describe d
                        && d.data().file().endsWith(file))
                .findFirst()
                .orElseThrow();
    }

    private static DataFile asked(NoEngine.Asked asked) {
        return ((Request.Describe) asked.request()).data();
    }

    private void numbers() {
        for (String file : List.of("train.csv", "test.csv")) {
            answer(
                    file,
                    value("0", "negative", How.NUMBER),
                    value("1", "neutral", How.NUMBER),
                    value("2", "positive", How.NUMBER));
        }
    }

    @Test
    void labelsOfBothFilesAreShownWithTheirClassAndTexts() {
        numbers();
        assertThat(language.labels().rows()).hasSize(3);
        LabelsModel.Row first = language.labels().rows().getFirst();
        assertThat(first).isEqualTo(new LabelsModel.Row("0", "negative", How.NUMBER, 5, 5, List.of("text of 0")));
        assertThat(first.open()).isTrue();
        assertThat(language.labels().questionable().get()).isTrue();
        assertThat(language.labels().classes()).isEqualTo(CLASSES);
    }

    @Test
    void namesOfClassesNeedNoLook() {
        for (String file : List.of("train.csv", "test.csv")) {
            answer(
                    file,
                    value("negative", "negative", How.NAME),
                    value("neutral", "neutral", How.NAME),
                    value("positive", "positive", How.NAME));
        }
        assertThat(language.labels().questionable().get()).isFalse();
        assertThat(language.labels().remarks().get()).isEmpty();
    }

    @Test
    void aClassWithoutATextIsNamed() {
        answer("train.csv", value("negative", "negative", How.NAME), value("positive", "positive", How.NAME));
        assertThat(language.labels().questionable().get()).isTrue();
        assertThat(language.labels().remarks().get()).contains("neutral");
    }

    /// The engine does not count on numbers any more once some of them are said: so the others are said too.
    @Test
    void aCorrectionHoldsForBothFilesAndLeavesTheOtherLabelsAsTheyAre() {
        numbers();
        language.labels().choose("0", "positive");
        Map<String, String> said = Map.of("0", "positive", "1", "neutral", "2", "positive");
        assertThat(asked(describe("train.csv")).labelMap()).isEqualTo(said);
        assertThat(asked(describe("test.csv")).labelMap()).isEqualTo(said);
        ProjectFile.Language kept = language.language();
        assertThat(kept.train().labelMap()).isEqualTo(said);
        assertThat(kept.test().labelMap()).isEqualTo(said);
        // The rows stay where they are until the engine has answered.
        assertThat(language.labels().rows()).hasSize(3);
        answer("train.csv", value("0", "positive", How.LABEL_MAP));
        assertThat(language.labels().rows().getFirst().meaning()).isEqualTo("positive");
    }

    @Test
    void aLabelThatMeansNoClassCanBeGivenOneAlthoughTheFileWasRefused() {
        answer("train.csv", value("negative", "negative", How.NAME), value("baik", null, How.UNKNOWN));
        describe("train.csv").answer(new Event.Failed("train.csv, line 3: the label \"baik\".", "Say it.", null));
        assertThat(language.missing()).isNotNull();
        assertThat(language.labels().unknown().get()).isTrue();
        // The window has no option --label-map: it leads to the labels.
        assertThat(Objects.requireNonNull(language.train().complaint().get()).what())
                .isEqualTo("Choose a class for each label below.");
        assertThat(Objects.requireNonNull(language.train().problem().get()).what())
                .contains("line 3");
        assertThat(language.labels().rows()).extracting(LabelsModel.Row::label).containsExactly("baik", "negative");
        language.labels().choose("baik", "positive");
        assertThat(asked(describe("train.csv")).labelMap()).isEqualTo(Map.of("baik", "positive"));
        assertThat(language.missing()).isNull();
    }

    @Test
    void whatElseIsWrongIsSaidAsTheEngineSaysIt() {
        answer("train.csv", value("negative", "negative", How.NAME));
        describe("train.csv").answer(new Event.Failed("train.csv, line 3: no text.", "Write one.", null));
        assertThat(Objects.requireNonNull(language.train().complaint().get()).what())
                .isEqualTo("train.csv, line 3: no text.");
        assertThat(language.labels().unknown().get()).isFalse();
    }

    /// What is tested of a class that no training text has was never learnt.
    @Test
    void aClassThatOnlyTestTextsHaveIsNamed() {
        answer("train.csv", value("negative", "negative", How.NAME), value("positive", "positive", How.NAME));
        answer(
                "test.csv",
                value("negative", "negative", How.NAME),
                value("neutral", "neutral", How.NAME),
                value("positive", "positive", How.NAME));
        assertThat(language.labels().remarks().get()).isEqualTo("No training text has this label: neutral.");
    }

    @Test
    void nothingIsMissingAsLongAsTheTrainingTextsAreNotKnown() {
        answer("test.csv", value("negative", "negative", How.NAME));
        assertThat(language.labels().remarks().get()).isEmpty();
    }

    @Test
    void notesOfTheEngineAreShownWithAShortPathAndOnlyUntilItIsAskedAgain() {
        String file = folder.resolve("train.csv").toString();
        Event.Noted note = new Event.Noted("3 rows of " + file + " were left out.", null);
        describe("train.csv")
                .answer(
                        note,
                        note,
                        Event.Noted.of(Message.of("dataset.label-meaning.by-map", "0 as negative", "train.csv")));
        assertThat(language.train().notes())
                .containsExactly("3 rows of " + folder.getFileName() + "/train.csv were left out.");
        language.labels().choose("0", "positive");
        assertThat(language.train().notes()).isEmpty();
    }

    @Test
    void aLanguageIsTakenOverOnceBothFilesHaveBeenRead() {
        numbers();
        List<String> taken = new ArrayList<>();
        language.labels().choose("0", "positive");
        language.whenDescribed(() -> taken.add("first"));
        described("train.csv");
        assertThat(taken).isEmpty();
        described("test.csv");
        assertThat(taken).containsExactly("first");
        language.whenDescribed(() -> taken.add("at once"));
        language.labels().choose("1", "positive");
        described("train.csv");
        described("test.csv");
        assertThat(taken).as("each is done once").containsExactly("first", "at once");
    }

    private void described(String file) {
        NoEngine.Asked asked = describe(file);
        asked.answer(
                new Event.Described(asked(asked).file(), 3, CLASSES, new int[] {1, 1, 1}, 5, 0, 0, Map.of(), List.of()),
                new Event.Finished(1));
    }

    @Test
    void otherTrainingTextsBeginAnew() {
        numbers();
        language.labels().choose("0", "positive");
        language.train().file().set(folder.resolve("other.csv").toString());
        assertThat(asked(describe("other.csv")).labelMap()).isNull();
        assertThat(asked(describe("test.csv")).labelMap()).isNull();
    }

    @Test
    void aSecondCorrectionKeepsTheFirstBeforeTheEngineHasAnswered() {
        answer("train.csv", value("elek", null, How.UNKNOWN), value("apik", null, How.UNKNOWN));
        language.labels().choose("elek", "negative");
        language.labels().choose("apik", "positive");
        assertThat(asked(describe("train.csv")).labelMap()).isEqualTo(Map.of("elek", "negative", "apik", "positive"));
    }

    @Test
    void aLabelThatMeansDifferentClassesInTheTwoFilesMeansNone() {
        DataFile train = new DataFile(folder.resolve("train.csv").toString());
        DataFile test = new DataFile(folder.resolve("test.csv").toString());
        language.show(new ProjectFile.Language(
                "Javanese", train.choosing(Map.of("0", "negative")), test.choosing(Map.of("0", "positive"))));
        answer("train.csv", value("0", "negative", How.LABEL_MAP));
        answer("test.csv", value("0", "positive", How.LABEL_MAP));
        assertThat(language.labels().rows().getFirst().how()).isEqualTo(How.UNKNOWN);
        assertThat(language.labels().questionable().get()).isTrue();
    }

    @Test
    void classesOfAnotherCheckpointAreChosenAnew() {
        numbers();
        language.labels().choose("0", "positive");
        checkpoint.set(new Request.Model("another", null, 64));
        assertThat(asked(describe("train.csv")).labelMap()).isNull();
        assertThat(asked(describe("test.csv")).labelMap()).isNull();
    }

    @Test
    void whatAProjectKeepsIsShownAsItIs() {
        DataFile kept = new DataFile(folder.resolve("other.csv").toString()).choosing(Map.of("0", "positive"));
        language.show(new ProjectFile.Language("Javanese", kept, kept));
        assertThat(asked(describe("other.csv")).labelMap()).isEqualTo(Map.of("0", "positive"));
        assertThat(language.language().train()).isEqualTo(kept);
    }

    /// A source beside the language: the same label should mean the same in both.
    private LanguageModel source(LabelBinding.Value... values) throws IOException {
        LanguageModel source = new LanguageModel(new WindowEngine(states -> engine, new Notices()), checkpoint);
        Path place = Files.createDirectories(folder.resolve("source"));
        Files.writeString(place.resolve("train.csv"), "text,label\n");
        source.train().file().set(place.resolve("train.csv").toString());
        language.labels().like(source.labels());
        answer("source/train.csv", values);
        return source;
    }

    @Test
    void whatWasSaidOfTheSourcesNumbersIsProposedForTheTarget() throws IOException {
        numbersOf(folder.getFileName() + "/train.csv");
        source(value("0", "positive", How.LABEL_MAP), value("2", "negative", How.LABEL_MAP));
        Map<String, String> said = Map.of("0", "positive", "1", "neutral", "2", "negative");
        String train = folder.getFileName() + "/train.csv";
        assertThat(asked(describe(train)).labelMap()).isEqualTo(said);
        assertThat(asked(describe("test.csv")).labelMap()).isEqualTo(said);
        answer(
                train,
                value("0", "positive", How.LABEL_MAP),
                value("1", "neutral", How.LABEL_MAP),
                value("2", "negative", How.LABEL_MAP));
        assertThat(language.labels().remarks().get()).contains("come from the source");
        // Somebody who knows better is not overruled, and is told.
        language.labels().choose("0", "negative");
        answer(
                train,
                value("0", "negative", How.LABEL_MAP),
                value("1", "neutral", How.LABEL_MAP),
                value("2", "negative", How.LABEL_MAP));
        assertThat(language.labels().remarks().get())
                .contains("In the source, 0 means positive.")
                .doesNotContain("come from the source");
        assertThat(asked(describe(train)).labelMap()).containsEntry("0", "negative");
    }

    private void numbersOf(String file) {
        answer(
                file,
                value("0", "negative", How.NUMBER),
                value("1", "neutral", How.NUMBER),
                value("2", "positive", How.NUMBER));
    }

    @Test
    void aSourceWhoseNumbersAreReadInTheirOrderProposesNothingButIsComparedWith() throws IOException {
        numbers();
        source(value("0", "negative", How.NUMBER), value("2", "positive", How.NUMBER));
        assertThat(asked(describe(folder.getFileName() + "/train.csv")).labelMap())
                .isNull();
        assertThat(language.labels().remarks().get()).doesNotContain("source");
        language.labels().choose("2", "neutral");
        answer(folder.getFileName() + "/train.csv", value("2", "neutral", How.LABEL_MAP));
        assertThat(language.labels().remarks().get()).contains("In the source, 2 means positive.");
        assertThat(language.labels().questionable().get()).isTrue();
    }

    /// What a project has kept is not changed by opening it.
    @Test
    void numbersThatAProjectKeepsAreNotChangedToTheSourcesButComparedWithThem() throws IOException {
        DataFile kept = new DataFile(folder.resolve("other.csv").toString());
        language.show(new ProjectFile.Language("Javanese", kept, kept));
        numbersOf("other.csv");
        source(value("0", "positive", How.LABEL_MAP));
        assertThat(asked(describe("other.csv")).labelMap()).isNull();
        assertThat(language.labels().remarks().get()).contains("In the source, 0 means positive.");
    }

    @Test
    void textsThatAreChosenDuringARunAreSaidToWaitForIt() {
        WindowEngine session = new WindowEngine(states -> engine, new Notices());
        TextsModel texts = new TextsModel(session, checkpoint);
        assertThat(texts.waiting().getValue()).isFalse();
        session.submit("run", new Request.Resume("run"), e -> {});
        texts.file().set(folder.resolve("other.csv").toString());
        assertThat(texts.waiting().getValue()).isTrue();
        engine.last(Request.Resume.class).answer(new Event.Finished(1));
        assertThat(texts.waiting().getValue()).isFalse();
    }

    @Test
    void aLateAnswerToAnEarlierQuestionIsNotShown() {
        numbers();
        NoEngine.Asked first = describe("train.csv");
        language.labels().choose("0", "positive");
        first.answer(new Event.Bound(
                Event.Bound.DATA,
                asked(first).file(),
                new LabelBinding(CLASSES, "config", List.of(value("0", "neutral", How.NUMBER)))));
        assertThat(language.labels().rows()).hasSize(3);
        LabelsModel.Row row = language.labels().rows().getFirst();
        assertThat(language.labels().meaning(row)).as("what was chosen").isEqualTo("positive");
    }

    /// A checkpoint without names takes them from the data.
    @Test
    void labelsNameTheClassesOfACheckpointThatHasOnlyNumbers() {
        List<String> numbers = List.of("LABEL_0", "LABEL_1");
        assertThat(LabelChoices.names(numbers, Map.of("bagus", "LABEL_1", "buruk", "LABEL_0")))
                .containsExactly("buruk", "bagus");
        assertThat(LabelChoices.names(numbers, Map.of("1", "LABEL_0", "0", "LABEL_1")))
                .isNull();
        assertThat(LabelChoices.names(numbers, Map.of("a", "LABEL_1", "b", "LABEL_1")))
                .isNull();
        assertThat(LabelChoices.names(CLASSES, Map.of("a", "negative", "b", "neutral", "c", "positive")))
                .isNull();
        List<String> all = new ArrayList<>(numbers);
        all.add("LABEL_2");
        assertThat(LabelChoices.names(all, Map.of("bagus", "LABEL_1", "buruk", "LABEL_0")))
                .isNull();
    }
}
