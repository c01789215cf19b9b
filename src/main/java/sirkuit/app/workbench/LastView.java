package sirkuit.app.workbench;

import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.app.preferences.ProjectView;
import sirkuit.protocol.Event;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;

/// What the window of an open project shows, to find it again when the project is opened the next time.
public final class LastView {
    private final WorkbenchModel model;
    private final StringProperty centre = new SimpleStringProperty("");
    private final StringProperty side = new SimpleStringProperty("");
    private final StringProperty scores = new SimpleStringProperty("");
    private @Nullable RunConfig settings;

    LastView(WorkbenchModel model) {
        this.model = model;
    }

    /// Id of the tab in the middle; empty before one was chosen.
    public StringProperty centre() {
        return centre;
    }

    /// Id of the tab on the right; empty before one was chosen.
    public StringProperty side() {
        return side;
    }

    /// Id of the scores in the heatmap; empty for none.
    public StringProperty scores() {
        return scores;
    }

    /// Shows again what was shown. The settings follow when the checkpoint is known.
    void restore(ProjectView last) {
        centre.set(last.centre() == null ? "" : last.centre());
        side.set(last.side() == null ? "" : last.side());
        if (last.sentence() != null) {
            model.exploring().sentence().show(last.sentence(), last.pair());
        }
        settings = last.settings();
    }

    /// The checkpoint is known now.
    void known(Event.Inspected checkpoint) {
        RunConfig kept = settings;
        settings = null;
        if (kept != null) {
            model.tune().take(kept, checkpoint.labels().size());
        }
    }

    /// Tells what is shown after each change.
    public void follow(Consumer<ProjectView> told) {
        Observable[] sentence = {
            model.exploring().sentence().text(), model.exploring().sentence().pair()
        };
        for (Observable[] causes : new Observable[][] {
            {centre, side, scores}, sentence, model.tune().causes()
        }) {
            for (Observable cause : causes) {
                cause.addListener(o -> told.accept(now()));
            }
        }
    }

    /// What is shown now.
    public ProjectView now() {
        String sentence = model.exploring().sentence().text().get();
        String pair = model.exploring().sentence().pair().get();
        return new ProjectView(
                orNull(centre.get()), orNull(side.get()), orNull(scores.get()), orNull(sentence), orNull(pair), next());
    }

    /// The settings of the next run, as far as they can be written.
    private @Nullable RunConfig next() {
        Event.Inspected checkpoint = model.checkpoint().inspected().get();
        ProjectFile file = model.file().get();
        return checkpoint == null || file.target() == null
                ? settings
                : model.tune().config(null, checkpoint, file, "");
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
