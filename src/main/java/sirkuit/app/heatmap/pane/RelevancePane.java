package sirkuit.app.heatmap.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;
import static sirkuit.app.look.Boxes.wrapping;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.RelevanceModel;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.look.WrappingRow;
import sirkuit.app.look.ZoomChip;

/// The middle of the window: what to compute, the heatmap with its legend, and the controls that select heads.
public final class RelevancePane extends VBox {
    /// Height from which the meaning of the colours is shown, at texts of 100 %.
    private static final double ROOM_FOR_WORDS = 600;

    /// The scores of the project.
    ///
    /// @param ids   oldest first
    /// @param words the name of scores
    /// @param show  shows scores
    public record SavedScores(ObservableList<String> ids, Function<String, String> words, Consumer<String> show) {}

    public RelevancePane(
            RelevanceModel relevance,
            HeatmapModel heatmap,
            BooleanExpression ready,
            ObservableValue<Theme> theme,
            SavedScores saved,
            Node choosing) {
        getStyleClass().add("panel");
        HeatmapView middle = new HeatmapView(heatmap, theme);
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren()
                .addAll(
                        new RelevanceBar(relevance, ready, caption(relevance, heatmap, saved)),
                        looking(heatmap, theme, middle, meaning(heatmap)),
                        middle,
                        choosing);
    }

    /// What is shown, or what the new scores wait for.
    private static MenuButton caption(RelevanceModel relevance, HeatmapModel heatmap, SavedScores saved) {
        MenuButton caption = named(styled(new CaptionButton(), "shown-scores", "flat"), "heatmap-caption");
        caption.setOnShowing(e -> caption.getItems()
                .setAll(saved.ids.reversed().stream()
                        .map(id -> {
                            MenuItem item = new MenuItem(saved.words.apply(id));
                            item.setMnemonicParsing(false);
                            item.setDisable(relevance.scoring().get());
                            item.setOnAction(a -> saved.show.accept(id));
                            return item;
                        })
                        .toList()));
        caption.getItems().setAll(List.of(new MenuItem(""))); // an empty menu does not open
        caption.setTooltip(new Tooltip(Words.of("relevance.caption.more")));
        caption.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            String line = relevance.line().getValue();
                            String shown = heatmap.scores().get() == null
                                    ? Words.of("relevance.empty")
                                    : heatmap.caption().get();
                            return line.isEmpty() ? shown : line;
                        },
                        relevance.line(),
                        heatmap.scores(),
                        heatmap.caption()));
        return caption;
    }

    /// What the colours mean, where there is room for it.
    private Label meaning(HeatmapModel heatmap) {
        Label words = collapsing(named(note(""), "heatmap-meaning"));
        words.textProperty()
                .bind(heatmap.scores().map(s -> MethodWords.colours(s.method())).orElse(""));
        words.visibleProperty()
                .bind(heatmap.scores()
                        .isNotNull()
                        .and(Bindings.createBooleanBinding(
                                () -> getHeight() > ROOM_FOR_WORDS * TextScale.factor(), heightProperty())));
        return words;
    }

    /// In which colours it is shown, and what helps to look at it.
    private static Node looking(HeatmapModel heatmap, ObservableValue<Theme> theme, HeatmapView middle, Label meaning) {
        WrappingRow tools = wrapping(
                Legend.choosing(heatmap, theme),
                gap(),
                new ZoomChip(
                        "zoom",
                        middle.looked().map(v -> new ZoomChip.Zoom(v.percent(), v.zoom() <= 1, v.nearest())),
                        new ZoomChip.Step("relevance.zoom.out", () -> middle.zoom(-1)),
                        new ZoomChip.Step("relevance.zoom.in", () -> middle.zoom(1)),
                        new ZoomChip.Step("relevance.zoom.fit", middle::fit)),
                whole(styled(
                        new HBox(
                                new MarksButton(heatmap, middle::requestFocus),
                                new FindHeadButton(heatmap, middle::requestFocus),
                                OptionsButton.of(heatmap)),
                        "heatmap-tools")));
        return styled(new VBox(tools, meaning), "caption-row");
    }
}
