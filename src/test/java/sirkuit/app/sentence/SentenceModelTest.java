package sirkuit.app.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import sirkuit.app.heatmap.HeadCursor;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.RelevanceScores;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;

@Isolated("speaks another language for a while")
class SentenceModelTest {
    private final NoEngine engine = new NoEngine();
    private final MaskModel masks = new MaskModel();
    private final SimpleObjectProperty<@Nullable RelevanceScores> scores = new SimpleObjectProperty<>();
    private final HeatmapModel heatmap =
            new HeatmapModel(scores, new SimpleStringProperty("task"), masks, new HeadCursor());
    private final SimpleObjectProperty<Request.@Nullable Model> checkpoint =
            new SimpleObjectProperty<>(new Request.Model("checkpoint", null, 64));
    private final SentenceModel model =
            new SentenceModel(new WindowEngine(s -> engine, new Notices()), checkpoint, heatmap, masks);

    @BeforeEach
    void begin() {
        Words.speak("en");
        masks.begin(1, 2, null);
        model.on(new DataFile("train.csv"));
    }

    @Test
    void nothingIsAskedWhileNobodyLooks() {
        model.text().set("Bagus sekali");
        assertThat(engine.asked()).isEmpty();
        model.open().set(true);
        assertThat(engine.asked())
                .extracting(NoEngine.Asked::request)
                .hasExactlyElementsOfTypes(Request.Explain.class, Request.Attribute.class);
    }

    @Test
    void theAnswerToAnOlderSentenceIsNotShown() {
        model.open().set(true);
        model.text().set("Bagus");
        NoEngine.Asked older = engine.last(Request.Explain.class);
        model.text().set("Buruk");
        engine.last(Request.Explain.class).answer(explained("negative", 0.9, null));
        older.answer(explained("positive", 0.8, null));
        assertThat(answer().labels()).containsExactly("negative", "other");
    }

    @Test
    void withHeadsInTheMaskItIsAskedWithoutThemToo() {
        model.open().set(true);
        model.text().set("Bagus");
        masks.toggle(new Head(0, 1));
        Request.WhatIf asked =
                (Request.WhatIf) engine.last(Request.WhatIf.class).request();
        assertThat(asked.off()).containsExactly(new Head(0, 1));
        engine.last(Request.WhatIf.class).answer(explained("positive", 0.4, null));
        assertThat(Objects.requireNonNull(model.without().get()).predicted()).isEqualTo(1);
        masks.toggle(new Head(0, 1));
        assertThat(model.without().get()).isNull();
    }

    @Test
    void theHeatmapShowsItsHeadsForAsLongAsThatIsWanted() {
        model.open().set(true);
        model.text().set("Bagus");
        engine.last(Request.Explain.class).answer(explained("positive", 0.9, new double[][] {{0.5, -0.25}}));
        model.inHeatmap().set(true);
        assertThat(Objects.requireNonNull(heatmap.scores().get()).score()[0]).containsExactly(0.5, -0.25);
        assertThat(heatmap.caption().get()).contains("positive");
        model.inHeatmap().set(false);
        assertThat(heatmap.scores().get()).isNull();
        assertThat(heatmap.caption().get()).isEqualTo("task");
    }

    @Test
    void whatTheEngineRefusesIsSaidInThePanel() {
        model.open().set(true);
        model.text().set("Bagus");
        engine.last(Request.Explain.class).answer(new Event.Failed("No baseline.", "Choose texts.", null));
        assertThat(model.trouble().get()).isEqualTo("No baseline. Choose texts.");
        model.text().set("");
        assertThat(model.trouble().get()).isEmpty();
    }

    @Test
    void theVerdictSaysWhetherTheAnswerTurns() {
        assertThat(SentenceModel.verdict(explained("positive", 0.9, null), explained("positive", 0.6, null)))
                .contains("is still positive");
        assertThat(SentenceModel.verdict(explained("positive", 0.9, null), explained("positive", 0.3, null)))
                .contains("changes from positive");
    }

    private Event.Explained answer() {
        return Objects.requireNonNull(model.answer().get());
    }

    private static Event.Explained explained(String label, double probability, double @Nullable [][] contributions) {
        return new Event.Explained(
                List.of(new Event.Explained.Token("bagus", 0, 5, 0)),
                List.of(label, "other"),
                new double[] {probability, 1 - probability},
                probability >= 0.5 ? 0 : 1,
                contributions,
                null,
                false);
    }
}
