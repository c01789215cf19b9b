package sirkuit.app.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import sirkuit.app.browser.Choices;
import sirkuit.app.heatmap.HeadCursor;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.sentence.WordRow.Kind;
import sirkuit.app.sentence.WordRow.Method;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.RelevanceScores;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;

@Isolated("speaks another language for a while")
class WordsModelTest {
    private final NoEngine engine = new NoEngine();
    private final MaskModel masks = new MaskModel();
    private final SimpleObjectProperty<@Nullable RelevanceScores> scores = new SimpleObjectProperty<>();
    private final SimpleObjectProperty<Request.@Nullable Model> checkpoint =
            new SimpleObjectProperty<>(new Request.Model("checkpoint", null, 64));
    private final SentenceModel sentence = new SentenceModel(
            new WindowEngine(s -> engine, new Notices()),
            checkpoint,
            new HeatmapModel(scores, new SimpleStringProperty("task"), masks, new HeadCursor()),
            masks);
    private final WordsModel model = sentence.words();
    private final Choices.Checkpoint run =
            new Choices.Checkpoint("After mink", new Request.Model("adapted", null, 64), "r1");
    private final ObservableList<Choices.Checkpoint> offered = FXCollections.observableArrayList(
            new Choices.Checkpoint("Own", new Request.Model("checkpoint", null, 64), null), run);

    @BeforeEach
    void begin() {
        Words.speak("en");
        masks.begin(1, 2, null);
        sentence.on(new DataFile("train.csv"));
        model.offer(offered);
        sentence.open().set(true);
        sentence.text().set("sangat bagus");
    }

    private Request.Attribute asked() {
        return (Request.Attribute) engine.last(Request.Attribute.class).request();
    }

    private void answer(Event.Attributed answer) {
        engine.last(Request.Attribute.class).answer(answer, new Event.Finished(0));
    }

    /// Of two classes, for the words "sangat" and "bagus".
    private static Event.Attributed values(double positive, int label, double very, double good) {
        return answer(
                positive,
                label,
                new Event.Attributed.Word("sangat", 0, 0, 6, very, null),
                new Event.Attributed.Word("bagus", 0, 7, 12, good, null));
    }

    private static Event.Attributed answer(double positive, int label, Event.Attributed.Word... words) {
        return new Event.Attributed(
                List.of(words),
                List.of("negative", "positive"),
                new double[] {1 - positive, positive},
                positive > 0.5 ? 1 : 0,
                label,
                1,
                0,
                false);
    }

    private List<Kind> kinds() {
        return model.rows().get().stream().map(WordRow::kind).toList();
    }

    private WordRow row(int index) {
        return model.rows().get().get(index);
    }

    @Test
    void theRunBesideIsAskedAboutTheCheckpointsAnswer() {
        assertThat(asked().label()).isNull();
        model.beside().set(run);
        answer(values(0.9, 1, 0.1, 0.5));
        assertThat(asked().model().checkpoint()).isEqualTo("adapted");
        assertThat(asked().label()).isEqualTo(1);
        answer(values(0.2, 1, 0.1, -0.3));
        assertThat(kinds()).containsExactly(Kind.CHECKPOINT, Kind.BESIDE);
        assertThat(row(1).caption()).isEqualTo("After mink: negative 80\u202f%");
        assertThat(model.values(row(1))).containsExactly(0.1, -0.3);
    }

    @Test
    void asAChangeTheOtherRowsShowWhatDiffersFromTheFirst() {
        model.beside().set(run);
        answer(values(0.9, 1, 0.125, 0.5));
        answer(values(0.2, 1, 0.25, -0.25));
        assertThat(model.largest()).isEqualTo(0.5);
        model.asChange().set(true);
        assertThat(model.values(row(0))).containsExactly(0, 0);
        assertThat(model.values(row(1))).containsExactly(0.125, -0.75);
        assertThat(model.largest()).isEqualTo(0.75);
        assertThat(model.summary())
                .isEqualTo("After mink: \"sangat\" counts more (+0.13 logits),"
                        + " \"bagus\" counts less (\u22120.75 logits).");
    }

    @Test
    void valuesOfAnotherSentenceAreNotCompared() {
        model.beside().set(run);
        answer(values(0.9, 1, 0.1, 0.5));
        answer(values(0.2, 1, 0.2, -0.3));
        model.asChange().set(true);
        sentence.text().set("sangat bagus!");
        answer(values(0.9, 1, 0.1, 0.5));
        assertThat(model.values(row(1))).containsOnly(Double.NaN);
        assertThat(model.summary()).isEmpty();
    }

    @Test
    void rowsWithoutTheSelectedHeadsAreAskedForOnlyWhenWanted() {
        masks.toggle(new Head(0, 1));
        answer(values(0.9, 1, 0.1, 0.5));
        assertThat(kinds()).containsExactly(Kind.CHECKPOINT);
        model.beside().set(run);
        model.headsOff().set(true);
        List<Request.Attribute> asked = new ArrayList<>();
        int before = engine.asked().size();
        answer(values(0.9, 1, 0.1, 0.5));
        engine.asked().subList(before, engine.asked().size()).forEach(a -> asked.add((Request.Attribute) a.request()));
        assertThat(asked)
                .extracting(a ->
                        a.model().checkpoint() + (a.off() == null ? 0 : a.off().size()))
                .containsExactly("adapted0", "checkpoint1", "adapted1");
        assertThat(asked.getLast().off()).isEqualTo(masks.mask().get());
        assertThat(asked.getLast().baseline()).isNotNull();
        masks.toggle(new Head(0, 1));
        answer(values(0.9, 1, 0.1, 0.5));
        answer(values(0.9, 1, 0.1, 0.5));
        assertThat(kinds()).containsExactly(Kind.CHECKPOINT, Kind.BESIDE);
    }

    @Test
    void wordsAreLeftOutOnlyOnDemand() {
        assertThat(asked().leaveOut()).isFalse();
        assertThat(model.waiting().get()).isFalse();
        model.method().set(Method.LEFT_OUT);
        assertThat(asked().leaveOut()).isTrue();
        assertThat(model.waiting().get()).isTrue();
        answer(answer(
                0.9,
                1,
                new Event.Attributed.Word("sangat", 0, 0, 6, 0.1, 0.25),
                new Event.Attributed.Word("bagus", 0, 7, 12, 0.5, null)));
        assertThat(model.waiting().get()).isFalse();
        assertThat(model.values(row(0))).containsExactly(0.25, Double.NaN);
    }

    @Test
    void theClassCanBeAnother() {
        answer(values(0.9, 1, 0.1, 0.5));
        model.label().set(0);
        assertThat(asked().label()).isZero();
        checkpoint.set(new Request.Model("other", null, 64));
        assertThat(asked().label()).as("another checkpoint, its own answer").isNull();
    }

    @Test
    void aWordIsReplacedAndTheAnswersAreCompared() {
        answer(values(0.9, 1, 0.1, 0.5));
        model.replace(row(0), row(0).words().get(1), "buruk");
        assertThat(sentence.text().get()).isEqualTo("sangat buruk");
        WordChange change = Objects.requireNonNull(model.change().get());
        assertThat(change.words(model.rows().get())).as("no new answer yet").isEmpty();
        answer(values(0.1, 0, 0.1, 0.5));
        assertThat(change.words(model.rows().get()))
                .isEqualTo("\"bagus\" replaced by \"buruk\".\nCheckpoint: positive (90\u202f%) becomes negative"
                        + " (90\u202f%).");
        model.undo();
        assertThat(sentence.text().get()).isEqualTo("sangat bagus");
        assertThat(model.change().get()).isNull();
    }

    @Test
    void aWordIsLeftOutWithItsSpace() {
        answer(values(0.9, 1, 0.1, 0.5));
        model.replace(row(0), row(0).words().getFirst(), " ");
        assertThat(sentence.text().get()).isEqualTo("bagus");
        answer(values(0.8, 1, 0.1, 0.5));
        assertThat(Objects.requireNonNull(model.change().get())
                        .words(model.rows().get()))
                .isEqualTo("\"sangat\" left out.\nCheckpoint: still positive, 90\u202f% before and 80\u202f% now.");
        sentence.text().set("bagus juga");
        assertThat(model.change().get()).as("typed by hand").isNull();
    }

    @Test
    void aWordOfASentenceThatIsNoLongerThereIsNotReplaced() {
        answer(values(0.9, 1, 0.1, 0.5));
        sentence.text().set("lain");
        model.replace(row(0), row(0).words().getFirst(), "x");
        assertThat(sentence.text().get()).isEqualTo("lain");
    }

    @Test
    void aDeletedRunIsNoLongerComparedWith() {
        model.beside().set(run);
        assertThat(model.besides()).containsExactly(run);
        answer(values(0.9, 1, 0.1, 0.5));
        answer(values(0.2, 1, 0.1, -0.3));
        offered.remove(run);
        assertThat(model.beside().get()).isNull();
        answer(values(0.9, 1, 0.1, 0.5));
        assertThat(kinds()).containsExactly(Kind.CHECKPOINT);
    }

    @Test
    void whatTheEngineRefusesIsSaid() {
        engine.last(Request.Attribute.class).answer(new Event.Failed("No text.", "Type one.", null));
        assertThat(model.trouble().get()).isEqualTo("No text. Type one.");
        assertThat(model.rows().get()).isEmpty();
    }
}
