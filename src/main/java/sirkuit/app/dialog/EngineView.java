package sirkuit.app.dialog;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.scrolling;
import static sirkuit.app.look.Boxes.styled;

import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.frame.CommandWords;
import sirkuit.app.frame.DialogCards;
import sirkuit.app.frame.Overlay;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.app.session.EngineFacts;
import sirkuit.app.session.ShellModel;
import sirkuit.app.work.WindowEngine;

/// The engine: its state, its memory, the command that starts it, and a button to restart it.
public final class EngineView {
    private EngineView() {}

    /// @param settings opens the preferences
    public static void show(ShellModel shell, Overlay overlay, Runnable settings) {
        WindowEngine engine = shell.engine();
        StackPane facts = new StackPane();
        facts.setAlignment(Pos.TOP_LEFT);
        Runnable fill = () -> facts.getChildren().setAll(DialogCards.facts(now(engine)));
        String command = CommandWords.join(shell.preferences().get().engine().words());
        TextArea line = named(styled(new TextArea(command), "command-line"), "engine-command");
        line.setEditable(false);
        line.setWrapText(true);
        line.setPrefRowCount(4);
        Label name = styled(new Label(Words.of("engine.command")), "field-name");
        name.setLabelFor(line);
        Button restart = named(
                Icons.before(new Button(Words.of("engine.restart")), Feather.REFRESH_CW), "restart-engine-button");
        restart.setDisable(shell.busy());
        restart.setOnAction(e -> engine.restart());
        Button change = named(new Button(Words.of("engine.settings")), "engine-settings");
        change.setOnAction(e -> settings.run());
        Button copy = DialogCards.copy(() -> DialogCards.text(now(engine)) + command + "\n");
        VBox card = DialogCards.card(
                "engine-card",
                Words.of("engine.title"),
                DialogCards.close(overlay),
                scrolled(facts, name, line),
                row(restart, change, gap(), copy));
        card.getStyleClass().add("narrow-card");
        Subscription follow = engine.state().subscribe(s -> fill.run());
        Subscription memory = engine.memory().subscribe(m -> fill.run());
        card.parentProperty().subscribe((was, is) -> {
            if (is == null) {
                follow.unsubscribe();
                memory.unsubscribe();
            }
        });
        overlay.show(card, shell.busy() ? change : restart, Pos.TOP_RIGHT);
    }

    private static ScrollPane scrolled(Node... content) {
        ScrollPane scroll = scrolling(styled(new VBox(content), "card-content"));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        return scroll;
    }

    private static Map<String, String> now(WindowEngine engine) {
        return EngineFacts.of(engine.state().get(), engine.memory().get());
    }
}
