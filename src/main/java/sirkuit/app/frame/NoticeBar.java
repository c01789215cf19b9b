package sirkuit.app.frame;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.scrolling;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;

/// The notices, above the window's top right corner: what happened, what to do, and details to unfold and copy. The
/// newest are shown until the others are asked for. Escape closes the newest. Notices that only inform close by
/// themselves.
public final class NoticeBar extends VBox {
    private static final Duration GOES_AFTER = Duration.seconds(8);
    /// With something to choose.
    private static final Duration CHOICE_GOES_AFTER = Duration.seconds(30);

    private static final double MOST_ROOM = 420;
    private static final int SHOWN = 3;

    private final Notices notices;
    private final Map<Notice, PauseTransition> going = new HashMap<>();
    private boolean all;

    public NoticeBar(Notices notices) {
        this.notices = notices;
        setId("notices");
        setPickOnBounds(false);
        setMaxHeight(USE_PREF_SIZE);
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE && closeNewest()) {
                e.consume();
            }
        });
        getStyleClass().add("notices");
        notices.open().addListener((ListChangeListener<Notice>) c -> show());
        // People who are reading are not hurried.
        hoverProperty().subscribe(over -> hurry());
        focusWithinProperty().subscribe(within -> hurry());
        show();
    }

    private void hurry() {
        going.values().forEach(reading() ? PauseTransition::stop : PauseTransition::playFromStart);
    }

    private boolean reading() {
        return isHover() || isFocusWithin();
    }

    /// Closes the newest notice.
    ///
    /// @return false if there is none
    public boolean closeNewest() {
        if (notices.open().isEmpty()) {
            return false;
        }
        notices.close(notices.open().getLast());
        return true;
    }

    private void show() {
        List<Notice> open = notices.open();
        time(open);
        all = all && open.size() > SHOWN;
        getChildren().clear();
        if (all) {
            VBox cards = styled(new VBox(), "notices-all");
            open.reversed().forEach(n -> cards.getChildren().add(card(n)));
            ScrollPane scroll = scrolling(cards);
            scroll.setFitToWidth(true);
            scroll.setMaxHeight(MOST_ROOM);
            getChildren().add(scroll);
        } else {
            open.reversed().stream().limit(SHOWN).forEach(n -> getChildren().add(card(n)));
        }
        if (open.size() > SHOWN) {
            getChildren().add(others(open.size() - SHOWN));
        }
        setVisible(!open.isEmpty());
        setManaged(!open.isEmpty());
    }

    /// Notices that only inform close after a while. Notices about errors stay until they are closed.
    private void time(List<Notice> open) {
        going.entrySet().removeIf(e -> {
            boolean gone = !open.contains(e.getKey());
            if (gone) {
                e.getValue().stop();
            }
            return gone;
        });
        for (Notice notice : open) {
            if (notice.kind() == Notice.Kind.INFO && notice.details() == null && !going.containsKey(notice)) {
                PauseTransition pause =
                        new PauseTransition(notice.choices().isEmpty() ? GOES_AFTER : CHOICE_GOES_AFTER);
                pause.setOnFinished(e -> notices.close(notice));
                going.put(notice, pause);
                if (!reading()) {
                    pause.play();
                }
            }
        }
    }

    private Button others(int count) {
        Button button = named(
                whole(styled(
                        new Button(
                                all
                                        ? Words.of("window.notice.fewer")
                                        : Words.of("window.notice.more", Numbers.count(count))),
                        "small")),
                "more-notices");
        button.setOnAction(e -> {
            all = !all;
            show();
        });
        return button;
    }

    private VBox card(Notice notice) {
        Label what = styled(new Label(notice.what()), "notice-what");
        Label remedy = styled(new Label(notice.remedy()), "notice-remedy");
        for (Label label : new Label[] {what, remedy}) {
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
        }
        VBox words = new VBox(what, remedy);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button copy = Icons.only(new Button(), Feather.COPY, Words.of("window.notice.copy"));
        copy.setOnAction(e -> copy(notice));
        Button close = Icons.only(new Button(), Feather.X, Words.of("window.notice.close"));
        close.setOnAction(e -> notices.close(notice));
        HBox row = new HBox(Icons.of(icon(notice.kind())), words);
        row.setAlignment(Pos.TOP_LEFT);
        row.getStyleClass().add("notice-row");
        VBox card = styled(new VBox(row), "notice", notice.kind().name().toLowerCase(Locale.ROOT));
        HBox deeds = styled(new HBox(), "notice-deeds");
        if (notice.details() != null) {
            TextArea details = collapsing(styled(new TextArea(notice.details()), "notice-details"));
            details.setEditable(false);
            details.setPrefRowCount(6);
            details.setVisible(false);
            ToggleButton unfold = styled(new ToggleButton(Words.of("window.notice.details")), "flat", "small");
            details.visibleProperty().bind(unfold.selectedProperty());
            deeds.getChildren().add(unfold);
            card.getChildren().add(details);
        }
        for (Notice.Choice choice : notice.choices()) {
            Button button = named(whole(styled(new Button(choice.name()), "small")), choice.id() + "-notice");
            button.setOnAction(e -> choice.deed().run());
            deeds.getChildren().add(button);
        }
        Runnable back = notice.back();
        if (back != null) {
            Button undo = named(whole(styled(new Button(Words.of("window.notice.undo")), "small")), "undo-notice");
            undo.setOnAction(e -> {
                notices.close(notice);
                back.run();
            });
            deeds.getChildren().add(undo);
        }
        if (!deeds.getChildren().isEmpty()) {
            words.getChildren().add(deeds);
        }
        row.getChildren().addAll(copy, close);
        card.setAccessibleRole(AccessibleRole.PARENT);
        card.setAccessibleText(notice.text());
        return card;
    }

    private static Feather icon(Notice.Kind kind) {
        return switch (kind) {
            case INFO -> Feather.INFO;
            case WARNING -> Feather.ALERT_TRIANGLE;
            case ERROR -> Feather.ALERT_CIRCLE;
        };
    }

    private static void copy(Notice notice) {
        ClipboardContent content = new ClipboardContent();
        content.putString(notice.text());
        Clipboard.getSystemClipboard().setContent(content);
    }
}
