package sirkuit.app.workbench.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.action.Action;
import sirkuit.app.browser.DataView;
import sirkuit.app.causal.CausalBar;
import sirkuit.app.circuit.pane.CircuitView;
import sirkuit.app.compare.CompareView;
import sirkuit.app.compare.CurveView;
import sirkuit.app.data.LanguageModel;
import sirkuit.app.head.HeadView;
import sirkuit.app.heatmap.Colours;
import sirkuit.app.heatmap.pane.RelevancePane;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Roomy;
import sirkuit.app.look.Tabs;
import sirkuit.app.look.TextScale;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskBar;
import sirkuit.app.mask.MaskHints;
import sirkuit.app.mask.MaskStrip;
import sirkuit.app.preferences.Arrangement;
import sirkuit.app.runs.pane.RunsPane;
import sirkuit.app.sentence.SentenceView;
import sirkuit.app.workbench.SidebarItem;
import sirkuit.app.workbench.Step;
import sirkuit.app.workbench.Steps;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.protocol.Event;

/// An open project: sidebar, heatmap, runs and the other views in the middle, target language and tuning on the right.
public final class WorkbenchView extends BorderPane {
    private static final int EXAMPLES = 12;
    private static final double SIDE = 348;
    private static final double SIDEBAR = 0.18;
    private static final double GAP = 8;

    /// Heights that the views need at normal text size. Lower, they are scrolled.
    private static final double HEATMAP = 420;

    private static final double PLOT = 340;
    private static final double TABLE = 420;

    /// Minimum height for the steps.
    private static final double ROOM_FOR_STEPS = 600;

    private final WorkbenchModel model;
    private final TabPane centre;
    private final TabPane side;
    private final SplitPane upper;
    private final FoldingPanel left;
    private final FoldingPanel right;
    private final FoldingPanels panels;

    public WorkbenchView(WorkbenchModel model, Arrangement arrangement, ObservableValue<Theme> theme) {
        this.model = model;
        setId("workbench");
        Steps steps = new Steps(model);
        getStyleClass().add("workbench");
        MaskBar choosing = new MaskBar(
                model.mask(),
                model.checkpoint().inspected(),
                model.readOnly(),
                new SaveMaskPopover(model)::show,
                new MaskBar.MaskNames(model.masks().names(), model.masks()::read),
                theme);
        RelevancePane relevance = new RelevancePane(
                model.relevance(),
                model.heatmap(),
                model.checkpoint().inspected().isNotNull(),
                theme,
                new RelevancePane.SavedScores(
                        model.scores(), id -> new SidebarItem.Scores(id).words(), model::showScores),
                new VBox(
                        new MaskStrip(new MaskHints(model.mask())),
                        choosing,
                        new CausalBar(model.exploring().causal(), theme)));
        model.heatmap().colourBy(Colours.of(arrangement.colours().get()));
        model.heatmap()
                .options()
                .subscribe((was, now) -> arrangement.colours().set(now.colours().name()));
        Tab sentence = sentence(model, theme);
        centre = Tabs.of(
                "centre-tabs",
                Tabs.tab("heatmap-tab", Words.of("tab.heatmap"), new Roomy(relevance, HEATMAP)),
                circuit(model, theme),
                compare(model, steps, theme),
                Tabs.later(
                        "curve-tab",
                        Words.of("tab.curve"),
                        () -> new Roomy(
                                new CurveView(
                                        model.exploring().curve(), model.mask().mask(), theme, model.notices()::tell),
                                PLOT)),
                Tabs.later(
                        "data-tab",
                        Words.of("tab.data"),
                        () -> new Roomy(
                                new DataView(model.browser(), (text, pair) -> open(sentence, text, pair)), TABLE)));
        model.heatmap().whenSearched(() -> select(centre, "heatmap-tab"));
        upper = named(new SplitPane(centre), "upper-split");
        Tab tune = Tabs.tab("tune-tab", Words.of("tab.tune"), TuneColumn.of(model));
        side = Tabs.of("side-tabs", tune, sentence, head(model, sentence, theme));
        // What a sentence makes of the head is in its own panel, and a study that is being planned stays.
        model.heatmap().whenInspected(() -> {
            if (!sentence.isSelected() && !StudyTab.in(side)) {
                select(side, "head-tab");
            }
        });
        left = sidebar(arrangement);
        right = side(arrangement);
        panels = new FoldingPanels(left, right, this::place);
        StudyTab study = new StudyTab(model, centre, side, right::show);
        AtomicReference<RunsPlace> place = new AtomicReference<>(); // the form is opened by what stands in it
        RunsPlace runs = new RunsPlace(
                upper,
                centre,
                seen -> new RunsPane(
                        model.runs(),
                        model.runActions(),
                        model.studies(),
                        new RunsPane.Surroundings(
                                theme,
                                seen,
                                () -> {
                                    side.getSelectionModel().select(tune);
                                    right.show();
                                },
                                () -> study.show(() ->
                                        Objects.requireNonNull(place.get()).showStudies()),
                                arrangement.runsBelow(),
                                model::useHeads,
                                pair -> {
                                    model.compareSentences(pair);
                                    select(centre, "data-tab");
                                })),
                arrangement.runsBelow());
        place.set(runs);
        model.runs().begun().subscribe(run -> {
            if (run != null && seen()) {
                runs.show();
            }
        });
        setCenter(runs.split());
        setTop(new StepsBar(
                steps, arrangement, heightProperty().greaterThan(ROOM_FOR_STEPS), step -> go(step, centre, side)));
        getChildren().add(panels.above());
        showAgain(centre, model.lastView().centre());
        showAgain(side, model.lastView().side());
        fold();
    }

    /// False during a presentation, which must leave the window as it was.
    private boolean seen() {
        for (Node node = this; node != null; node = node.getParent()) {
            if (!node.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /// Lets the panels fold and open.
    private void fold() {
        widthProperty().subscribe(w -> scaled());
        addEventFilter(
                MouseEvent.MOUSE_PRESSED, e -> panels.pressed(e.getTarget() instanceof Node where ? where : null));
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE && panels.close()) {
                e.consume();
            }
        });
    }

    /// Shows the tab that was shown when the project was last open, and notes which one is shown from now on.
    private static void showAgain(TabPane tabs, StringProperty last) {
        select(tabs, last.get());
        tabs.getSelectionModel()
                .selectedItemProperty()
                .map(Tab::getId)
                .subscribe((was, now) -> last.set(now == null ? "" : now));
    }

    /// The panel on the left, and its rail.
    private FoldingPanel sidebar(Arrangement arrangement) {
        AtomicReference<FoldingPanel> made = new AtomicReference<>();
        Sidebar sidebar =
                new Sidebar(model, () -> Objects.requireNonNull(made.get()).fold());
        SplitPane.setResizableWithParent(sidebar, false);
        made.set(new FoldingPanel(
                javafx.geometry.Side.LEFT,
                sidebar,
                panel -> Rail.of("sidebar", javafx.geometry.Side.LEFT, Words.of("place.PROJECT"), panel::toggle),
                arrangement.sidebarFolded()));
        return Objects.requireNonNull(made.get());
    }

    /// The tabs on the right with the button that folds them, and their rail.
    private FoldingPanel side(Arrangement arrangement) {
        Button fold = named(
                styled(Icons.only(new Button(), Feather.CHEVRONS_RIGHT, Words.of("fold.side")), "fold"), "fold-side");
        StackPane.setAlignment(fold, Pos.TOP_RIGHT);
        StackPane place = styled(new StackPane(side, fold), "side");
        FoldingPanel made = new FoldingPanel(
                javafx.geometry.Side.RIGHT,
                place,
                panel -> Rail.of(side, javafx.geometry.Side.RIGHT, panel::toggle, panel::show),
                arrangement.sideFolded());
        fold.setOnAction(e -> made.fold());
        return made;
    }

    private void place(FoldingPanel panel, FoldingPanel.State state) {
        boolean beside = state == FoldingPanel.State.BESIDE;
        if (panel == right) {
            setRight(beside ? panel.panel() : panel.rail());
            setMargin(panel.rail(), new Insets(0, 0, 0, GAP));
            return;
        }
        if (!beside) {
            upper.getItems().remove(panel.panel());
        } else if (!upper.getItems().contains(panel.panel())) {
            upper.getItems().addFirst(panel.panel());
            upper.setDividerPositions(SIDEBAR);
        }
        setLeft(beside ? null : panel.rail());
        setMargin(panel.rail(), new Insets(0, GAP, 0, 0));
    }

    /// Adapts the panels to the width of the window and the size of the texts.
    public void scaled() {
        panels.fit(getWidth());
        right.panel().setPrefWidth(SIDE * TextScale.factor());
        if (upper.getItems().size() > 1) {
            upper.setDividerPositions(SIDEBAR); // larger texts widen it, and it would stay wide
        }
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (getCenter() != null) {
            panels.lay(getCenter().getBoundsInParent());
        }
    }

    /// All tabs, for actions that show them.
    public List<TabPane> tabs() {
        return List.of(centre, side);
    }

    /// Brings tabs to where they can be seen.
    public void front(TabPane tabs) {
        if (tabs == side) {
            right.show();
        } else {
            panels.close();
        }
    }

    /// What can be done to the panels.
    public List<Action> actions() {
        return List.of(
                Action.of(Action.Place.VIEW, "toggle-sidebar", left::toggle).on("Shortcut+B"),
                Action.of(Action.Place.VIEW, "toggle-side", right::toggle).on("Shortcut+Shift+B"));
    }

    private static Tab sentence(WorkbenchModel model, ObservableValue<Theme> theme) {
        Tab tab = Tabs.later(
                "sentence-tab",
                Words.of("tab.sentence"),
                () -> new SentenceView(model.exploring().sentence(), () -> examples(model), theme));
        model.exploring().sentence().open().bind(tab.selectedProperty());
        return tab;
    }

    private void open(Tab sentence, String text, @Nullable String pair) {
        model.exploring().sentence().show(text, pair);
        side.getSelectionModel().select(sentence);
        right.show();
    }

    private Tab head(WorkbenchModel model, Tab sentence, ObservableValue<Theme> theme) {
        Tab tab = Tabs.later(
                "head-tab",
                Words.of("tab.head"),
                () -> new HeadView(
                        model.exploring().head(), model.mask(), (text, pair) -> open(sentence, text, pair), theme));
        model.exploring().head().open().bind(tab.selectedProperty());
        return tab;
    }

    private static void select(TabPane pane, String tab) {
        pane.getTabs().stream().filter(t -> tab.equals(t.getId())).forEach(pane.getSelectionModel()::select);
    }

    /// Goes to the place of a step.
    private void go(Step step, TabPane centre, TabPane side) {
        boolean tune = step == Step.TUNE;
        String tab =
                switch (step) {
                    case SCORE, CHOOSE -> "heatmap-tab";
                    case TUNE -> "tune-tab";
                    case COMPARE -> "compare-tab";
                };
        select(tune ? side : centre, tab);
        front(tune ? side : centre);
        Node first =
                switch (step) {
                    case SCORE -> lookup("#score-button");
                    case CHOOSE -> lookup("#k-slider");
                    case TUNE -> lookup("#tune-button");
                    case COMPARE -> null;
                };
        if (first != null) {
            first.requestFocus();
        }
    }

    private static Tab compare(WorkbenchModel model, Steps steps, ObservableValue<Theme> theme) {
        Tab tab = Tabs.later(
                "compare-tab",
                Words.of("tab.compare"),
                () -> new Roomy(new CompareView(model.exploring().compare(), theme, model.notices()::tell), PLOT));
        tab.selectedProperty().subscribe(selected -> {
            if (selected) {
                steps.lookedAtComparison();
                model.exploring()
                        .compare()
                        .offer(model.exploring()
                                .sides(model.runs().runs(), model.masks().names()));
            }
        });
        return tab;
    }

    private static Tab circuit(WorkbenchModel model, ObservableValue<Theme> theme) {
        Tab tab = Tabs.later(
                "circuit-tab",
                Words.of("tab.circuit"),
                () -> new Roomy(new CircuitView(model.exploring().circuit(), theme, model.notices()::tell), HEATMAP));
        model.exploring().circuit().open().bind(tab.selectedProperty());
        return tab;
    }

    /// Held-out sentences of both languages, alternating.
    private static List<Event.Described.Row> examples(WorkbenchModel model) {
        List<Event.Described.Row> all = new ArrayList<>();
        for (LanguageModel language : List.of(model.source(), model.target())) {
            Event.Described texts = language.test().described().get();
            if (texts != null) {
                texts.preview().stream().limit(EXAMPLES).forEach(all::add);
            }
        }
        return all;
    }
}
