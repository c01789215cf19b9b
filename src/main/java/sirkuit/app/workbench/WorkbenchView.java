package sirkuit.app.workbench;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.browser.DataView;
import sirkuit.app.circuit.pane.CircuitView;
import sirkuit.app.compare.CompareView;
import sirkuit.app.compare.CurveView;
import sirkuit.app.data.LanguageModel;
import sirkuit.app.head.HeadView;
import sirkuit.app.heatmap.Colours;
import sirkuit.app.heatmap.pane.RelevancePane;
import sirkuit.app.look.Tabs;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.mask.CausalBar;
import sirkuit.app.mask.MaskBar;
import sirkuit.app.mask.MaskHints;
import sirkuit.app.mask.MaskStrip;
import sirkuit.app.preferences.Arrangement;
import sirkuit.app.runs.pane.RunsPane;
import sirkuit.app.sentence.SentenceView;
import sirkuit.protocol.Event;

/// An open project: sidebar, heatmap, runs and the other views in the middle, target language and tuning on the right.
public final class WorkbenchView extends BorderPane {
    private static final int EXAMPLES = 12;
    private static final double NARROW = 1250;
    private static final double SLIM = 320;
    private static final double SLIM_SIDEBAR = 150;
    private static final double WIDE = 348;

    /// Minimum height for the steps.
    private static final double ROOM_FOR_STEPS = 600;

    public WorkbenchView(WorkbenchModel model, Arrangement arrangement, ObservableValue<Theme> theme) {
        setId("workbench");
        Steps steps = new Steps(model);
        getStyleClass().add("workbench");
        MaskBar choosing = new MaskBar(
                model.mask(),
                model.checkpoint().inspected(),
                model.readOnly(),
                new SaveMaskPopover(model)::show,
                new MaskBar.MaskNames(model.masks(), model::readMask),
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
        Sidebar sidebar = new Sidebar(model);
        SplitPane.setResizableWithParent(sidebar, false);
        sidebar.maxWidthProperty()
                .bind(widthProperty().map(w -> w.doubleValue() < NARROW ? SLIM_SIDEBAR : Double.MAX_VALUE));
        Tab sentence = sentence(model, theme);
        TabPane centre = Tabs.of(
                "centre-tabs",
                Tabs.tab("heatmap-tab", Words.of("tab.heatmap"), relevance),
                circuit(model, theme),
                compare(model, steps, theme),
                Tabs.later(
                        "curve-tab",
                        Words.of("tab.curve"),
                        () -> new CurveView(
                                model.exploring().curve(), model.mask().mask(), theme, model.notices()::tell)),
                Tabs.later(
                        "data-tab",
                        Words.of("tab.data"),
                        () -> new DataView(model.browser(), (text, pair) -> open(model, sentence, text, pair))));
        model.heatmap().whenSearched(() -> select(centre, "heatmap-tab"));
        SplitPane upper = named(new SplitPane(sidebar, centre), "upper-split");
        upper.setDividerPositions(0.18);
        Tab tune = Tabs.tab("tune-tab", Words.of("tab.tune"), new TuneColumn(model));
        TabPane side = Tabs.of("side-tabs", tune, sentence, head(model, sentence, theme));
        // What a sentence makes of the head is in its own panel, and a study that is being planned stays.
        model.heatmap().whenInspected(() -> {
            if (!sentence.isSelected() && !StudyTab.in(side)) {
                select(side, "head-tab");
            }
        });
        StudyTab study = new StudyTab(model, centre, side);
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
                                () -> side.getSelectionModel().select(tune),
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
            if (run != null) {
                runs.show();
            }
        });
        setCenter(runs.split());
        setTop(new StepsBar(
                steps, arrangement, heightProperty().greaterThan(ROOM_FOR_STEPS), step -> go(step, centre, side)));
        // In a narrow window the heatmap needs the space more.
        side.prefWidthProperty().bind(widthProperty().map(w -> w.doubleValue() < NARROW ? SLIM : WIDE));
        setRight(styled(side, "side"));
    }

    private static Tab sentence(WorkbenchModel model, ObservableValue<Theme> theme) {
        Tab tab = Tabs.later(
                "sentence-tab",
                Words.of("tab.sentence"),
                () -> new SentenceView(model.exploring().sentence(), () -> examples(model), theme));
        model.exploring().sentence().open().bind(tab.selectedProperty());
        return tab;
    }

    private static void open(WorkbenchModel model, Tab sentence, String text, @Nullable String pair) {
        model.exploring().sentence().show(text, pair);
        sentence.getTabPane().getSelectionModel().select(sentence);
    }

    private static Tab head(WorkbenchModel model, Tab sentence, ObservableValue<Theme> theme) {
        Tab tab = Tabs.later(
                "head-tab",
                Words.of("tab.head"),
                () -> new HeadView(
                        model.exploring().head(),
                        model.mask(),
                        (text, pair) -> open(model, sentence, text, pair),
                        theme));
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
                () -> new CompareView(model.exploring().compare(), theme, model.notices()::tell));
        tab.selectedProperty().subscribe(selected -> {
            if (selected) {
                steps.lookedAtComparison();
                model.exploring()
                        .compare()
                        .offer(model.exploring().sides(model.runs().runs(), model.masks()));
            }
        });
        return tab;
    }

    private static Tab circuit(WorkbenchModel model, ObservableValue<Theme> theme) {
        Tab tab = Tabs.later(
                "circuit-tab",
                Words.of("tab.circuit"),
                () -> new CircuitView(model.exploring().circuit(), theme, model.notices()::tell));
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
