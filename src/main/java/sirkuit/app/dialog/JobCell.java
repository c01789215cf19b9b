package sirkuit.app.dialog;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.styled;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.work.Job;

/// One job in the list: its name, how it is going, and its progress while it runs.
final class JobCell extends ListCell<Job> {
    private final StackPane icon = styled(new StackPane(), "job-icon");
    private final Label title = styled(new Label(), "job-title");
    private final Label line = styled(new Label(), "note");
    private final ProgressBar bar = collapsing(styled(new ProgressBar(), "small"));
    private final HBox row;
    private Subscription ofJob = Subscription.EMPTY;

    JobCell() {
        line.setWrapText(true);
        bar.setMaxWidth(Double.MAX_VALUE);
        VBox words = styled(new VBox(title, line, bar), "job-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        row = styled(new HBox(icon, words), "job-row");
        row.setAlignment(Pos.TOP_LEFT);
        setPrefWidth(0); // as wide as the list, so that long lines wrap
    }

    @Override
    protected void updateItem(@Nullable Job job, boolean empty) {
        super.updateItem(job, empty);
        ofJob.unsubscribe();
        ofJob = Subscription.EMPTY;
        setGraphic(empty || job == null ? null : row);
        if (job == null || empty) {
            setAccessibleText(null);
            return;
        }
        title.setText(job.title());
        var words = job.line();
        ofJob = words.subscribe(now -> {
                    line.setText(now);
                    setAccessibleText(job.title() + ": " + now);
                })
                .and(job.progress().subscribe(p -> bar.setProgress(p.doubleValue())))
                .and(job.status().subscribe(status -> {
                    bar.setVisible(status == Job.Status.RUNNING);
                    icon.getChildren().setAll(Icons.of(icon(status)));
                    icon.getStyleClass().setAll("job-icon", status.name().toLowerCase(Locale.ROOT));
                }));
    }

    private static Feather icon(Job.Status status) {
        return switch (status) {
            case WAITING -> Feather.CLOCK;
            case RUNNING -> Feather.PLAY;
            case PAUSED -> Feather.PAUSE;
            case DONE -> Feather.CHECK;
            case FAILED -> Feather.ALERT_CIRCLE;
            case CANCELLED -> Feather.X;
        };
    }
}
