package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import sirkuit.app.heatmap.RelevancePane;
import sirkuit.app.look.Tabs;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskBar;
import sirkuit.app.runs.RunsPane;

/// An open project: sidebar, relevance and mask, runs below them, target language and tuning at the right.
final class WorkbenchView extends BorderPane {
    private static final double RUNS = 0.64;
    private static final double EMPTY_RUNS = 0.8;

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
                choosing);
        Sidebar sidebar = new Sidebar(model);
        SplitPane.setResizableWithParent(sidebar, false);
        TabPane centre = Tabs.of("centre-tabs", Tabs.tab("heatmap-tab", Words.of("tab.heatmap"), relevance));
        SplitPane upper = named(new SplitPane(sidebar, centre), "upper-split");
        upper.setDividerPositions(0.18);
        Tab tune = Tabs.tab("tune-tab", Words.of("tab.tune"), new TuneColumn(model));
        TabPane side = Tabs.of("side-tabs", tune);
        RunsPane runs =
                new RunsPane(model.runs(), model.runActions(), model.studies(), theme, () -> side.getSelectionModel()
                        .select(tune));
        SplitPane split = named(new SplitPane(upper, runs), "main-split");
        split.setOrientation(Orientation.VERTICAL);
        // Without runs there is little to show below; the heatmap takes the room until the first one.
        noRuns = Bindings.isEmpty(model.runs().runs());
        noRuns.subscribe(empty -> split.setDividerPositions(empty ? EMPTY_RUNS : RUNS));
        setCenter(split);
        setRight(styled(side, "side"));
    }
}
