package sirkuit.app.workbench.pane;

import javafx.beans.Observable;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Tabs;
import sirkuit.app.look.Words;
import sirkuit.app.study.StudyFormView;
import sirkuit.app.workbench.WorkbenchModel;

/// The form of a new study: a tab of the side, there only while it is needed, so that the heads stay visible.
final class StudyTab {
    private static final String ID = "study-tab";

    private final WorkbenchModel model;
    private final TabPane centre;
    private final TabPane side;
    private final Runnable front;
    private @Nullable Tab tab;

    /// @param front brings the tabs of the side to where they can be seen
    StudyTab(WorkbenchModel model, TabPane centre, TabPane side, Runnable front) {
        this.model = model;
        this.centre = centre;
        this.side = side;
        this.front = front;
    }

    /// Whether the form of a study is what the side shows.
    static boolean in(TabPane side) {
        return ID.equals(side.getSelectionModel().getSelectedItem().getId());
    }

    /// Shows the form beside the heatmap.
    ///
    /// @param started runs when the study has been queued
    void show(Runnable started) {
        if (tab == null) {
            tab = make(started);
            side.getTabs().add(tab);
        }
        centre.getTabs().stream()
                .filter(t -> "heatmap-tab".equals(t.getId()))
                .forEach(centre.getSelectionModel()::select);
        side.getSelectionModel().select(tab);
        front.run();
    }

    private Tab make(Runnable started) {
        StudyFormView form = new StudyFormView(
                model.studies(),
                () -> {
                    close();
                    started.run();
                },
                this::close);
        for (Observable cause : new Observable[] {
            model.mask().mask(),
            model.checkpoint().inspected(),
            model.relevance().complete(),
            model.file(),
            model.target().train().described()
        }) {
            cause.addListener(o -> {
                if (tab != null) {
                    form.judge();
                }
            });
        }
        for (Observable cause : model.tune().causes()) {
            cause.addListener(o -> {
                if (tab != null) {
                    form.judge();
                }
            });
        }
        return Tabs.tab(ID, Words.of("runs.study.heading"), form);
    }

    private void close() {
        side.getTabs().remove(tab);
        side.getSelectionModel().selectFirst();
        tab = null;
    }
}
