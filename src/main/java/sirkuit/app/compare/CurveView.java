package sirkuit.app.compare;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;
import static sirkuit.app.look.Boxes.wrapping;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.figure.FigureCanvas;
import sirkuit.app.figure.FigureMenu;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.HeadMask;

/// Accuracy against k.
public final class CurveView extends VBox {
    /// @param trouble receives the reason why a figure could not be saved
    public CurveView(
            CurveModel model,
            ObservableValue<@Nullable HeadMask> mask,
            ObservableValue<Theme> theme,
            Consumer<? super Problem> trouble) {
        getStyleClass().add("panel");
        setId("curve-view");
        Button compute = named(styled(whole(new Button(Words.of("centre.curve.compute"))), "accent"), "curve-button");
        compute.setOnAction(e -> {
            if (model.working().get()) {
                model.cancel();
            } else {
                model.compute();
            }
        });
        compute.textProperty()
                .bind(model.working().map(w -> Words.of(w ? "centre.curve.stop" : "centre.curve.compute")));
        Label caption = named(styled(new Label(), "shown-scores"), "curve-caption");
        caption.textProperty().bind(model.caption());

        FigureCanvas canvas = named(new FigureCanvas(() -> figure(model, mask.getValue()), theme, mask), "curve");
        model.points().addListener((ListChangeListener<CurveModel.Point>) c -> canvas.requestLayout());
        canvas.setAccessibleText(Words.of("centre.curve.accessible"));
        Label hint = styled(note(Words.of("centre.curve.empty")), "empty-hint");
        hint.visibleProperty()
                .bind(Bindings.isEmpty(model.points()).and(model.working().not()));
        Label line = named(styled(new Label(), "note"), "curve-line");
        line.textProperty().bind(model.line());
        StackPane middle = new StackPane(canvas, hint);
        StackPane.setAlignment(hint, Pos.CENTER);
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren()
                .addAll(
                        styled(
                                new VBox(wrapping(
                                        heading(Words.of("centre.curve")),
                                        gap(),
                                        compute,
                                        FigureMenu.button(
                                                "curve-figure", () -> figure(model, mask.getValue()), theme, trouble))),
                                "panel-bar"),
                        styled(new VBox(wrapping(caption, line)), "caption-row"),
                        middle);
    }

    private static @Nullable CurveFigure figure(CurveModel model, @Nullable HeadMask mask) {
        return model.points().isEmpty()
                ? null
                : new CurveFigure(List.copyOf(model.points()), mask == null ? null : (Integer) mask.size());
    }
}
