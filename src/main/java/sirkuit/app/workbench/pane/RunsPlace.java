package sirkuit.app.workbench.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Roomy;
import sirkuit.app.look.Tabs;
import sirkuit.app.look.Words;
import sirkuit.app.runs.pane.RunsPane;

/// Where the runs are: a tab of the centre or, if the user wants it and the window is high enough, below the other
/// views with a divider between them. They are made when they are first shown.
final class RunsPlace {
    /// Minimum height at which the heatmap is readable.
    private static final double LEAST_UPPER = 430;

    private static final double LEAST_RUNS = 240;
    private static final double LEAST_IN_TAB = 380;
    private static final double SHARE_ABOVE = 0.6;

    private final Region upper;
    private final SplitPane split;
    private final TabPane centre;
    private final Function<ObservableValue<Boolean>, RunsPane> make;
    private final BooleanProperty wanted;
    private final StackPane room = new StackPane();
    private final Tab tab = Tabs.tab("runs-tab", Words.of("tab.runs"), new Roomy(room, LEAST_IN_TAB));
    private final StackPane lower = named(new StackPane(), "runs-below");
    private final BooleanProperty showing = new SimpleBooleanProperty();
    private @Nullable RunsPane runs;

    /// @param upper  what is above them when they are below
    /// @param centre the tabs of the centre
    /// @param make   makes the view of the runs, told whether it can be seen
    /// @param wanted whether they are to be below
    RunsPlace(Region upper, TabPane centre, Function<ObservableValue<Boolean>, RunsPane> make, BooleanProperty wanted) {
        this.upper = upper;
        this.centre = centre;
        this.make = make;
        this.wanted = wanted;
        split = named(styled(new SplitPane(upper), "real-divider"), "main-split");
        split.setOrientation(Orientation.VERTICAL);
        lower.setMinHeight(LEAST_RUNS);
        centre.getTabs().add(tab);
        tab.selectedProperty().subscribe(selected -> settle());
        wanted.subscribe((was, is) -> {
            settle();
            if (!is) {
                show();
            }
        });
        split.heightProperty().subscribe((was, is) -> settle());
        settle();
    }

    SplitPane split() {
        return split;
    }

    /// Brings them to the front.
    void show() {
        if (!below()) {
            centre.getSelectionModel().select(tab);
        }
    }

    /// Brings the studies to the front.
    void showStudies() {
        show();
        if (runs != null) {
            runs.showStudies();
        }
    }

    private boolean below() {
        double height = split.getHeight();
        return wanted.get() && (height == 0 || height >= LEAST_UPPER + LEAST_RUNS);
    }

    private void settle() {
        boolean below = below();
        boolean isBelow = split.getItems().contains(lower);
        showing.set(below || tab.isSelected());
        if (!below && !tab.isSelected()) {
            if (isBelow) {
                moveToTab();
            }
            return; // made when the tab is shown
        }
        if (runs == null) {
            runs = make.apply(showing);
        }
        if (below && !isBelow) {
            if (tab.isSelected()) {
                centre.getSelectionModel().selectFirst();
            }
            centre.getTabs().remove(tab);
            room.getChildren().clear();
            lower.getChildren().setAll(runs);
            upper.setMinHeight(LEAST_UPPER);
            split.getItems().add(lower);
            split.setDividerPositions(SHARE_ABOVE);
        } else if (!below && isBelow) {
            moveToTab();
        } else if (!below && room.getChildren().isEmpty()) {
            room.getChildren().setAll(runs);
        }
    }

    private void moveToTab() {
        upper.setMinHeight(0);
        split.getItems().remove(lower);
        lower.getChildren().clear();
        if (runs != null) {
            room.getChildren().setAll(runs);
        }
        if (!centre.getTabs().contains(tab)) {
            centre.getTabs().add(tab);
        }
    }
}
