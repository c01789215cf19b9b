package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.browser.DataView;
import sirkuit.app.circuit.CircuitView;
import sirkuit.app.compare.CompareView;
import sirkuit.app.compare.CurveView;
import sirkuit.app.data.LanguageModel;
import sirkuit.app.head.HeadView;
import sirkuit.app.heatmap.RelevancePane;
import sirkuit.app.look.Tabs;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.mask.CausalBar;
import sirkuit.app.mask.MaskBar;
import sirkuit.app.runs.RunsPane;
import sirkuit.app.sentence.SentenceView;
import sirkuit.engine.Event;

/// An open project: sidebar, relevance and mask, runs below them, target language and tuning at the right.
final class WorkbenchView extends BorderPane {
    private static final double RUNS = 0.64;
    private static final double EMPTY_RUNS = 0.8;
    private static final int EXAMPLES = 12;

    private final BooleanBinding noRuns;

    WorkbenchView(WorkbenchModel model, ObservableValue<Theme> theme) {
        setId("workbench");
        getStyleClass().add("workbench");
        MaskBar choosing = new MaskBar(
                model.mask(), model.checkpoint().inspected(), model.readOnly(), new SaveMaskPopover(model)::show);
        RelevancePane relevance = new RelevancePane(
                model.relevance(),
                model.heatmap(),
                model.checkpoint().inspected().isNotNull(),
                theme,
                new VBox(choosing, new CausalBar(model.causal())));
        Sidebar sidebar = new Sidebar(model);
        SplitPane.setResizableWithParent(sidebar, false);
        Tab sentence = sentence(model, theme);
        TabPane centre = Tabs.of(
                "centre-tabs",
                Tabs.tab("heatmap-tab", Words.of("tab.heatmap"), relevance),
                circuit(model, theme),
                compare(model, theme),
                Tabs.tab(
                        "curve-tab",
                        Words.of("tab.curve"),
                        new CurveView(model.curve(), model.mask().mask(), theme, model.notices()::tell)),
                Tabs.later(
                        "data-tab",
                        Words.of("tab.data"),
                        () -> new DataView(model.browser(), (text, pair) -> open(model, sentence, text, pair))));
        SplitPane upper = named(new SplitPane(sidebar, centre), "upper-split");
        upper.setDividerPositions(0.18);
        RunsPane runs = new RunsPane(model.runs(), theme);
        SplitPane split = named(new SplitPane(upper, runs), "main-split");
        split.setOrientation(Orientation.VERTICAL);
        // Without runs there is little to show below; the heatmap takes the room until the first one.
        noRuns = Bindings.isEmpty(model.runs().runs());
        noRuns.subscribe(empty -> split.setDividerPositions(empty ? EMPTY_RUNS : RUNS));
        setCenter(split);
        TabPane side = Tabs.of(
                "side-tabs",
                Tabs.tab("tune-tab", Words.of("tab.tune"), new TuneColumn(model)),
                sentence,
                head(model, sentence, theme));
        setRight(styled(side, "side"));
    }

    private static Tab sentence(WorkbenchModel model, ObservableValue<Theme> theme) {
        Tab tab = Tabs.tab(
                "sentence-tab",
                Words.of("tab.sentence"),
                new SentenceView(model.sentence(), () -> examples(model), theme));
        model.sentence().open().bind(tab.selectedProperty());
        return tab;
    }

    private static void open(WorkbenchModel model, Tab sentence, String text, @Nullable String pair) {
        model.sentence().show(text, pair);
        sentence.getTabPane().getSelectionModel().select(sentence);
    }

    private static Tab head(WorkbenchModel model, Tab sentence, ObservableValue<Theme> theme) {
        HeadView view =
                new HeadView(model.head(), model.mask(), (text, pair) -> open(model, sentence, text, pair), theme);
        Tab tab = Tabs.tab("head-tab", Words.of("tab.head"), view);
        model.head().open().bind(tab.selectedProperty());
        return tab;
    }

    private static Tab compare(WorkbenchModel model, ObservableValue<Theme> theme) {
        Tab tab = Tabs.tab(
                "compare-tab", Words.of("tab.compare"), new CompareView(model.compare(), theme, model.notices()::tell));
        tab.selectedProperty().subscribe(selected -> {
            if (selected) {
                model.compare().offer(model.sides());
            }
        });
        return tab;
    }

    private static Tab circuit(WorkbenchModel model, ObservableValue<Theme> theme) {
        Tab tab = Tabs.tab(
                "circuit-tab", Words.of("tab.circuit"), new CircuitView(model.circuit(), theme, model.notices()::tell));
        model.circuit().open().bind(tab.selectedProperty());
        return tab;
    }

    /// Held-out sentences of both languages, one after the other.
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
