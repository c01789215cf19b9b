package sirkuit.app.workbench.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.data.PathChooser;
import sirkuit.app.data.TargetPanel;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Pinned;
import sirkuit.app.look.Words;
import sirkuit.app.tune.TuneModel;
import sirkuit.app.tune.TunePanel;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;

/// The right side of the window: the target language, the settings, and the button that starts a run.
final class TuneColumn {
    private TuneColumn() {}

    static Pinned of(WorkbenchModel model) {
        TuneModel tune = model.tune();
        VBox settings = styled(new VBox(), "panel", "padded");
        PathChooser choosing = new PathChooser(settings);
        Observable[] causes = Stream.concat(
                        Stream.of(
                                model.mask().mask(),
                                model.checkpoint().inspected(),
                                model.file(),
                                model.readOnly(),
                                model.runs().runs(),
                                model.targets().pending(),
                                model.target().train().described(),
                                model.target().train().problem(),
                                model.target().test().problem()),
                        Stream.of(tune.causes()))
                .toArray(Observable[]::new);
        StringBinding blocked = Bindings.createStringBinding(
                () -> {
                    String why = model.tuneBlocked();
                    return why == null ? "" : why;
                },
                causes);
        VBox target = styled(new VBox(new TargetPanel(model.targets(), model.readOnly())), "panel", "padded");
        settings.getChildren()
                .add(new TunePanel(
                        tune,
                        chosen -> choosing.texts(Words.of("runs.watched.choose"), chosen),
                        model.targets()::others));
        Label forecast = named(note(""), "tune-forecast");
        Button start = named(
                styled(Icons.before(new Button(Words.of("tune.start")), Feather.PLAY), "accent", "large"),
                "tune-button");
        Pinned column = new Pinned(
                styled(new VBox(target, settings), "stack"),
                styled(new VBox(forecast, start), "panel", "padded", "tune-start"));
        ScrollPane scroll = column.scroll();
        settings.heightProperty().subscribe((was, now) -> {
            if (was.doubleValue() > 0 && now.doubleValue() > was.doubleValue()) {
                scroll.setVvalue(scroll.getVmax()); // the expanded settings are below the visible area
            }
        });
        forecast.textProperty().bind(Bindings.createStringBinding(() -> words(model, blocked.get()), causes));
        tune.mistakes().subscribe(() -> {
            forecast.getStyleClass().remove("wrong");
            if (!tune.mistakes().isEmpty()) {
                forecast.getStyleClass().add("wrong");
            }
        });
        start.setMaxWidth(Double.MAX_VALUE);
        start.disableProperty().bind(blocked.isNotEmpty());
        start.setOnAction(e -> model.startRun());
        return column;
    }

    private static String words(WorkbenchModel model, String blocked) {
        Event.Inspected checkpoint = model.checkpoint().inspected().get();
        if (!blocked.isEmpty() || checkpoint == null) {
            return blocked;
        }
        Event.Described texts = model.target().train().described().get();
        HeadMask mask = model.mask().mask().get();
        return model.tune().forecast(mask, checkpoint, texts == null ? 0 : texts.examples())
                + " "
                + model.tune()
                        .cost(
                                mask,
                                checkpoint,
                                model.file().get(),
                                texts,
                                model.runs().runs());
    }
}
