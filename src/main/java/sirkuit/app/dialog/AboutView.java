package sirkuit.app.dialog;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import sirkuit.Version;
import sirkuit.app.frame.DialogCards;
import sirkuit.app.frame.Overlay;
import sirkuit.app.look.Words;
import sirkuit.app.session.ShellModel;
import sirkuit.app.work.EngineState;
import sirkuit.protocol.Event;

/// Versions, and the libraries that Sirkuit is made with.
public final class AboutView {
    private AboutView() {}

    public static void show(ShellModel shell, Overlay overlay) {
        Map<String, String> versions = versions(shell.engine().state().get());
        TextArea licences = named(styled(new TextArea(licences()), "licences"), "licences");
        licences.setEditable(false);
        licences.setPrefRowCount(8);
        VBox.setVgrow(licences, Priority.ALWAYS);
        Label name = styled(new Label(Words.of("about.licences")), "field-name");
        name.setLabelFor(licences);
        Button close = DialogCards.close(overlay);
        VBox card = DialogCards.card(
                "about-card",
                Words.of("about.title"),
                close,
                note(Words.of("about.line")),
                DialogCards.facts(versions),
                name,
                licences,
                row(gap(), DialogCards.copy(() -> DialogCards.text(versions))));
        card.getStyleClass().add("narrow-card");
        overlay.show(card, close, Pos.CENTER);
    }

    /// The versions that a bug report should name.
    static Map<String, String> versions(EngineState engine) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Sirkuit", Version.current());
        versions.put("Java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        versions.put("JavaFX", System.getProperty("javafx.runtime.version", "?"));
        if (engine instanceof EngineState.Ready(Event.Ready ready)) {
            versions.put(Words.of("engine.backend"), ready.backend());
            versions.put(Words.of("engine.device"), ready.device());
        } else {
            versions.put(Words.of("engine.title"), engine.words());
        }
        versions.put(
                Words.of("about.system"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        return versions;
    }

    private static String licences() {
        try (InputStream in =
                Objects.requireNonNull(AboutView.class.getResourceAsStream("/sirkuit/app/licences.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // from our own jar
        }
    }
}
