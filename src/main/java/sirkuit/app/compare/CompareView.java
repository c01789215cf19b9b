package sirkuit.app.compare;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;
import static sirkuit.app.look.Boxes.wrapping;

import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.figure.FigureCanvas;
import sirkuit.app.figure.FigureMenu;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.pane.HeatmapView;
import sirkuit.app.heatmap.pane.Legend;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;
import sirkuit.mask.RelevanceScores;

/// The comparison: side by side, as a difference, or as a scatter plot of one against the other.
public final class CompareView extends VBox {
    /// At normal text size, the width from which two heatmaps are readable beside one another.
    private static final double ROOM_FOR_BOTH = 560;

    private final CompareModel model;
    private final ObservableValue<Theme> theme;
    private final StackPane middle = new StackPane();
    private final Node beside;
    private final Node difference;
    private final Node scatter;

    /// @param trouble receives the reason why a figure could not be saved
    public CompareView(CompareModel model, ObservableValue<Theme> theme, Consumer<? super Problem> trouble) {
        this.model = model;
        this.theme = theme;
        getStyleClass().add("panel");
        setId("compare-view");
        beside = beside();
        difference = map(model.differenceMap());
        scatter = scatter();
        ToggleGroup group = new ToggleGroup();
        HBox ways = new HBox(
                way(group, "compare-beside", "centre.compare.beside", beside, "left-pill"),
                way(group, "compare-difference", "centre.compare.minus", difference, "center-pill"),
                way(group, "compare-scatter", "centre.compare.scatter", scatter, "right-pill"));
        Label agreement = named(styled(new Label(), "shown-scores"), "agreement");
        agreement.setWrapText(true);
        agreement.setMinHeight(USE_PREF_SIZE);
        agreement.textProperty().bind(model.agreement());
        Label line = named(styled(new Label(), "note"), "compare-line");
        line.textProperty().bind(model.line());
        Label advice = named(collapsing(note("")), "disagreement");
        advice.textProperty().bind(model.advice());
        advice.visibleProperty().bind(model.advice().isNotEmpty());
        Label hint = styled(note(Words.of("centre.compare.empty")), "empty-hint");
        hint.visibleProperty().bind(model.first().scores().isNull());
        hint.setMouseTransparent(true);
        StackPane all = new StackPane(middle, hint);
        StackPane.setAlignment(hint, Pos.CENTER);
        VBox.setVgrow(all, Priority.ALWAYS);
        getChildren()
                .addAll(
                        styled(
                                new VBox(wrapping(
                                        choice("compare-first", "centre.compare.first", model.first()),
                                        choice("compare-second", "centre.compare.second", model.second()),
                                        whole(ways),
                                        FigureMenu.button(
                                                "compare-figure",
                                                () -> figure(model.agreement().get()),
                                                theme,
                                                trouble))),
                                "panel-bar"),
                        styled(new VBox(wrapping(agreement, line)), "caption-row"),
                        styled(new VBox(advice), "caption-row"),
                        all);
        middle.getChildren().setAll(beside);
    }

    /// Both maps beside one another or, in a narrow window, one below the other.
    private Node beside() {
        Node first = map(model.first().map());
        Node second = map(model.second().map());
        HBox row = styled(new HBox(), "beside");
        VBox column = new VBox();
        StackPane place = new StackPane();
        widthProperty()
                .map(w -> w.doubleValue() < ROOM_FOR_BOTH * TextScale.factor())
                .subscribe(narrow -> {
                    row.getChildren().clear();
                    column.getChildren().clear();
                    (narrow ? column : row).getChildren().setAll(first, second);
                    place.getChildren().setAll(narrow ? column : row);
                });
        return place;
    }

    private ToggleButton way(ToggleGroup group, String id, String words, Node content, String style) {
        ToggleButton button = named(styled(new ToggleButton(Words.of(words)), style), id);
        button.setToggleGroup(group);
        button.setMinWidth(USE_PREF_SIZE);
        button.setSelected(content == beside);
        button.setOnAction(e -> {
            button.setSelected(true);
            middle.getChildren().setAll(content);
        });
        return button;
    }

    private ComboBox<Side> choice(String id, String words, CompareModel.Half half) {
        ComboBox<Side> box = named(new ComboBox<>(model.sides()), id);
        box.setAccessibleText(Words.of(words));
        box.setPromptText(Words.of(words));
        box.setMinWidth(90);
        HBox.setHgrow(box, Priority.ALWAYS);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Side side) {
                return side == null ? "" : side.words();
            }

            @Override
            public Side fromString(String text) {
                throw new UnsupportedOperationException("not editable");
            }
        });
        box.valueProperty().bindBidirectional(half.choice());
        return box;
    }

    private Node map(HeatmapModel map) {
        HeatmapView view = new HeatmapView(map, theme);
        view.setId("compared-heatmap");
        Label caption = styled(new Label(), "shown-scores");
        caption.textProperty().bind(map.caption());
        VBox box = new VBox(
                styled(row(caption), "caption-row"),
                view,
                styled(row(gap(), Legend.of(map, theme), gap()), "caption-row", "below-map"));
        VBox.setVgrow(view, Priority.ALWAYS);
        HBox.setHgrow(box, Priority.ALWAYS);
        VBox.setVgrow(box, Priority.ALWAYS);
        box.setPrefWidth(200);
        return box;
    }

    private @Nullable ScatterFigure figure() {
        return figure("");
    }

    private @Nullable ScatterFigure figure(String caption) {
        RelevanceScores a = model.first().scores().get();
        RelevanceScores b = model.second().scores().get();
        Side first = model.first().choice().get();
        Side second = model.second().choice().get();
        if (a == null || b == null || first == null || second == null || a.layers() != b.layers()) {
            return null;
        }
        HeatmapModel map = model.first().map();
        Head hover = map.hover().get();
        return new ScatterFigure(
                a,
                b,
                first.words(),
                second.words(),
                model.masks().mask().get(),
                hover != null ? hover : map.focus().get(),
                caption);
    }

    private Node scatter() {
        HeatmapModel map = model.first().map();
        FigureCanvas canvas = named(
                new FigureCanvas(
                        this::figure,
                        theme,
                        model.first().scores(),
                        model.second().scores(),
                        model.masks().mask(),
                        model.agreement(),
                        map.hover(),
                        map.focus()),
                "scatter");
        canvas.setFocusTraversable(true);
        canvas.setAccessibleText(Words.of("centre.compare.scatter.accessible"));
        canvas.setOnMouseMoved(e -> {
            ScatterFigure now = figure();
            map.hover().set(now == null ? null : now.at(canvas.place(e), canvas.area()));
        });
        canvas.setOnMouseExited(e -> map.hover().set(null));
        canvas.setOnMousePressed(e -> {
            canvas.requestFocus();
            e.consume(); // the tabs around would take the focus
            ScatterFigure now = figure();
            Head at = now == null ? null : now.at(canvas.place(e), canvas.area());
            if (at != null) {
                map.focus().set(at);
                if (e.isPrimaryButtonDown() && e.isShortcutDown()) {
                    model.masks().toggle(at);
                }
            }
        });
        canvas.setOnKeyPressed(e -> {
            switch (e.getCode()) {
                case LEFT -> map.move(0, -1);
                case RIGHT -> map.move(0, 1);
                case UP -> map.move(-1, 0);
                case DOWN -> map.move(1, 0);
                case SPACE, ENTER -> map.toggleFocus();
                default -> {
                    return;
                }
            }
            e.consume();
        });
        return canvas;
    }
}
