package sirkuit.app.dialog;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.frame.DialogCards;
import sirkuit.app.frame.Overlay;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.app.work.Job;
import sirkuit.app.work.JobQueue;

/// The list of jobs: what runs, what waits and for what, and how the latest ones ended. Waiting jobs can be moved.
public final class JobsView {
    private final JobQueue jobs;
    private final ListView<Job> list = named(styled(new ListView<>(), "jobs", "edge-to-edge"), "jobs-list");
    private final Button up = named(Icons.only(new Button(), Feather.ARROW_UP, Words.of("jobs.up")), "job-up");
    private final Button down = named(Icons.only(new Button(), Feather.ARROW_DOWN, Words.of("jobs.down")), "job-down");
    private final Button cancel = named(new Button(Words.of("window.cancel")), "job-cancel");
    private Subscription ofSelected = Subscription.EMPTY;

    private JobsView(JobQueue jobs, Overlay overlay) {
        this.jobs = jobs;
        list.setItems(jobs.all());
        list.setCellFactory(v -> new JobCell());
        list.setAccessibleText(Words.of("jobs.title"));
        list.setPlaceholder(note(Words.of("jobs.none")));
        list.getSelectionModel().selectedItemProperty().subscribe(this::follow);
        list.addEventFilter(KeyEvent.KEY_PRESSED, e -> key(e, overlay));
        up.setOnAction(e -> move(true));
        down.setOnAction(e -> move(false));
        cancel.setOnAction(e -> {
            list.requestFocus(); // the button is disabled from now on
            chosen(Job::cancel);
        });
    }

    public static void show(JobQueue jobs, Overlay overlay) {
        JobsView view = new JobsView(jobs, overlay);
        VBox card = DialogCards.card(
                "jobs-card",
                Words.of("jobs.title"),
                DialogCards.close(overlay),
                view.list,
                row(view.up, view.down, gap(), view.cancel));
        card.getStyleClass().add("jobs-card");
        ListChangeListener<Job> judging = change -> view.judge();
        jobs.all().addListener(judging);
        card.parentProperty().subscribe((was, is) -> {
            if (is == null) {
                jobs.all().removeListener(judging);
                view.ofSelected.unsubscribe();
                view.list.setItems(null);
            }
        });
        if (!jobs.all().isEmpty()) {
            view.list.getSelectionModel().selectFirst();
        }
        view.judge();
        overlay.show(card, view.list, Pos.TOP_RIGHT);
    }

    private void follow(@Nullable Job job) {
        ofSelected.unsubscribe();
        ofSelected = job == null
                ? Subscription.EMPTY
                : job.status().subscribe(s -> judge()).and(job.cancelling().subscribe(c -> judge()));
        judge();
    }

    private void judge() {
        Job job = list.getSelectionModel().getSelectedItem();
        boolean open = job != null && !job.status().get().over();
        up.setDisable(!jobs.movable(job, true));
        down.setDisable(!jobs.movable(job, false));
        cancel.setDisable(!open || job.cancelling().get());
        cancel.setText(Words.of(open && job.run() && !job.waiting() ? "window.pause" : "window.cancel"));
    }

    private void chosen(Consumer<Job> deed) {
        Job job = list.getSelectionModel().getSelectedItem();
        if (job != null) {
            deed.accept(job);
        }
    }

    private void move(boolean higher) {
        chosen(job -> {
            jobs.move(job, higher);
            list.getSelectionModel().select(job);
            list.requestFocus();
        });
    }

    private void key(KeyEvent e, Overlay overlay) {
        if (e.isAltDown() && (e.getCode() == KeyCode.UP || e.getCode() == KeyCode.DOWN)) {
            move(e.getCode() == KeyCode.UP);
            e.consume();
        } else if (e.getCode() == KeyCode.DELETE) {
            chosen(Job::cancel);
            e.consume();
        } else if (e.getCode() == KeyCode.ESCAPE) {
            overlay.hide(); // the list would take the key for itself
            e.consume();
        }
    }
}
