package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javafx.animation.Animation;
import javafx.animation.FadeTransition;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.transform.Scale;
import javafx.util.Duration;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.present.PresentModel;
import sirkuit.app.present.PresentedProject;
import sirkuit.app.present.script.PageKind;

/// The presentation: one page at a time, dots that show which one, and a clock and notes for the presenter. All sizes
/// follow the text size, which follows the size of the screen.
public final class PresentView extends StackPane implements AutoCloseable {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    private static final double NOTES = 110;
    private static final double TEXT = 20;
    private static final double SMALLEST = 12;
    private static final Duration FADE = Duration.millis(250);

    private final PresentModel model;
    private final Map<PageKind, Page> pages = new EnumMap<>(PageKind.class);
    private final Pane place = new Fitting();
    private final Label time = named(styled(new Label(), "stage-clock"), "stage-clock");
    private final Timeline ticking;

    /// @param motion      how many times faster than usual things move
    /// @param leave       goes back to the window
    /// @param switchTheme for bright and dark rooms
    public PresentView(
            PresentModel model, ObservableValue<Theme> theme, double motion, Runnable leave, Runnable switchTheme) {
        this.model = model;
        setId("stage");
        getStyleClass().add("stage");
        setFocusTraversable(true);
        setAccessibleText(Words.of("present.accessible"));
        PresentedProject subject = model.subject();
        pages.put(PageKind.READ, new ReadPage(model.ask(), model.texts(PageKind.READ), subject.names()));
        pages.put(PageKind.PARTS, new PartsPage(model.parts(), model.texts(PageKind.PARTS), theme, motion));
        pages.put(
                PageKind.OFF,
                new WithoutHeadsPage(
                        model.ask(), model.parts(), () -> model.texts(PageKind.OFF), subject.names(), theme));
        pages.put(
                PageKind.TEACH,
                new TeachPage(model.teach(), () -> model.texts(PageKind.TEACH), subject, theme, motion));
        pages.put(
                PageKind.KEPT,
                new ForgettingPage(model.kept(), () -> model.texts(PageKind.KEPT), subject, model.ask(), theme));
        BorderPane frame = styled(new BorderPane(place), "stage-frame");
        frame.setBottom(new VBox(footer(), notes()));
        Region black = collapsing(named(styled(new Region(), "stage-black"), "stage-black"));
        black.visibleProperty().bind(model.black());
        Pane fitting = new Fitting();
        fitting.getChildren().add(new PagesOverview(model));
        BorderPane overview = collapsing(styled(new BorderPane(fitting), "stage-cover", "stage-frame"));
        overview.visibleProperty().bind(model.overview());
        getChildren().addAll(frame, overview, black);
        StageKeys keys = new StageKeys(model, new StageKeys.Stage() {
            @Override
            public void leave() {
                leave.run();
            }

            @Override
            public void type() {
                page(model.page().get()).type();
            }

            @Override
            public void rest() {
                requestFocus();
            }

            @Override
            public void switchTheme() {
                switchTheme.run();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, e -> keys.pressed(e, getScene().getFocusOwner()));
        // A button that was clicked would receive the next space key.
        addEventHandler(MouseEvent.MOUSE_CLICKED, e -> {
            if (getScene() != null && getScene().getFocusOwner() instanceof ButtonBase) {
                requestFocus();
            }
        });
        widthProperty().subscribe(w -> scale());
        heightProperty().subscribe(h -> scale());
        model.notes().subscribe(n -> scale());
        ticking = new Timeline(new KeyFrame(Duration.seconds(1), e -> tick()));
        ticking.setCycleCount(Animation.INDEFINITE);
        ticking.play();
        model.page().subscribe((was, now) -> page(was).leave());
        model.page().subscribe(this::show);
    }

    /// Shows a page. If the page needs more space than there is, it is scaled down as a whole.
    private static final class Fitting extends Pane {
        private static final double SMALLEST = 0.35;

        @Override
        protected void layoutChildren() {
            for (Node child : getManagedChildren()) {
                double scale = scale((Region) child);
                child.getTransforms().setAll(new Scale(scale, scale));
                child.resizeRelocate(0, 0, getWidth() / scale, getHeight() / scale);
            }
        }

        private double scale(Region page) {
            double scale = 1;
            // Step by step: at a smaller scale lines are longer, so their number is not known in advance.
            for (double least = page.minHeight(getWidth());
                    least * scale > getHeight() + 0.5 && scale > SMALLEST && getHeight() > 0;
                    least = page.minHeight(getWidth() / scale)) {
                scale = Math.max(SMALLEST, scale - 0.03);
            }
            return scale;
        }
    }

    @Override
    public void close() {
        ticking.stop();
        page(model.page().get()).leave();
        model.close();
    }

    private Page page(PageKind kind) {
        return Objects.requireNonNull(pages.get(kind));
    }

    private void show(PageKind kind) {
        Page page = page(kind);
        place.getChildren().setAll(page);
        page.enter();
        tick();
        requestFocus();
        FadeTransition fade = new FadeTransition(FADE, page);
        fade.setFromValue(0);
        fade.setToValue(1);
        fade.play();
    }

    private HBox footer() {
        HBox dots = named(styled(new HBox(), "stage-dots-row"), "stage-page-dots");
        dots.setAlignment(Pos.CENTER_LEFT);
        dots.setOnMouseClicked(e -> model.overview().set(true));
        for (PageKind kind : PageKind.values()) {
            Circle dot = styled(new Circle(), "stage-page-dot");
            dot.radiusProperty().bind(heightProperty().map(h -> Math.max(3, h.doubleValue() / 200)));
            model.page().subscribe(now -> {
                dot.getStyleClass().remove("now");
                if (now == kind) {
                    dot.getStyleClass().add("now");
                }
            });
            dots.getChildren().add(dot);
        }
        model.page()
                .subscribe(now -> dots.setAccessibleText(
                        Words.of("present.page", now.ordinal() + 1 + "", PageKind.values().length + "")));
        time.visibleProperty().bind(model.clock());
        HBox footer = styled(new HBox(dots, gap(), time), "stage-footer");
        footer.setAlignment(Pos.CENTER_LEFT);
        return footer;
    }

    private Node notes() {
        Label words = named(Page.words("", "stage-notes-text"), "stage-notes-text");
        model.page().subscribe(now -> words.setText(model.texts(now).notes()));
        Label keys = Page.words(Words.of("present.keys"), "stage-notes-keys");
        VBox notes = collapsing(named(styled(new VBox(words, keys), "stage-notes"), "stage-notes"));
        notes.visibleProperty().bind(model.notes());
        return notes;
    }

    private void tick() {
        time.setText(model.time());
        time.getStyleClass().remove("late");
        if (model.late()) {
            time.getStyleClass().add("late");
        }
    }

    private void scale() {
        // The notes take space from all pages, so that every page fits.
        double height = HEIGHT + (model.notes().get() ? NOTES : 0);
        double size = Math.max(SMALLEST, TEXT * Math.min(getWidth() / WIDTH, getHeight() / height));
        setStyle("-fx-font-size:" + Math.round(size * 2) / 2.0 + "px;");
    }
}
