package sirkuit.app.study;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import java.util.stream.Collectors;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Words;
import sirkuit.study.StudyPlan;

/// Asks for the grid of a study.
public final class StudyPopover {
    private static final double WIDTH = 360;

    private final StudiesModel model;
    private final Label forecast = named(note(""), "study-forecast");
    private final Button start = named(styled(new Button(Words.of("runs.study.start")), "accent"), "study-start");
    private final VBox targets = collapsing(named(styled(new VBox(), "field"), "study-targets"));
    private final Popover popover = new Popover();

    /// @param started runs when a study has been started
    public StudyPopover(StudiesModel model, Runnable started) {
        this.model = model;
        StudyForm form = model.form();
        GridPane strategies = styled(new GridPane(), "pairs");
        int[] at = {0};
        form.strategies().forEach((key, value) -> {
            CheckBox box = named(new CheckBox(Words.of("runs.study.strategy." + key)), "study-" + key);
            box.selectedProperty().bindBidirectional(value);
            strategies.add(box, at[0] % 2, at[0] / 2);
            at[0]++;
        });
        forecast.setMaxWidth(WIDTH);
        start.setDefaultButton(true);
        start.setOnAction(e -> {
            model.start();
            popover.hide();
            started.run();
        });
        for (var cause : form.causes()) {
            cause.addListener(o -> judge());
        }
        popover.setContentNode(styled(
                new VBox(
                        heading(Words.of("runs.study.heading")),
                        field(Words.of("runs.study.name"), text("study-name", form.name())),
                        targets,
                        strategies,
                        field(Words.of("runs.study.sizes"), text("study-sizes", form.sizes())),
                        field(Words.of("runs.study.seeds"), text("study-seeds", form.seeds())),
                        forecast,
                        start),
                "column",
                "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_LEFT);
        popover.setDetachable(false);
    }

    public void show(Node owner) {
        targets();
        judge();
        popover.show(owner);
    }

    /// The targets to choose among, if there are several.
    private void targets() {
        targets.getChildren().setAll(styled(new Label(Words.of("runs.study.targets")), "field-name"));
        targets.setVisible(model.targets().size() > 1);
        GridPane boxes = styled(new GridPane(), "pairs");
        int at = 0;
        for (String target : model.targets()) {
            CheckBox box = named(new CheckBox(target), "study-target-" + at);
            box.setSelected(model.learns(target));
            box.setOnAction(e -> {
                model.learn(target, box.isSelected());
                box.setSelected(model.learns(target)); // one is always learned
            });
            boxes.add(box, at % 2, at / 2);
            at++;
        }
        targets.getChildren().add(boxes);
    }

    private void judge() {
        StudiesModel.Planned planned = model.planned();
        StudyPlan plan = planned.plan();
        forecast.setText(
                plan == null
                        ? planned.why()
                        : Words.of(
                                model.targets().size() > 1 ? "runs.study.forecast.targets" : "runs.study.forecast",
                                plan.strategies().size() + "",
                                plan.seeds().size() + "",
                                plan.targets().size()
                                                * plan.strategies().size()
                                                * plan.seeds().size() + "",
                                plan.targets().stream()
                                        .map(StudyPlan.Target::name)
                                        .collect(Collectors.joining(", "))));
        start.setDisable(plan == null || model.runs().readOnly());
    }

    private static TextField text(String id, StringProperty value) {
        TextField text = named(new TextField(), id);
        text.textProperty().bindBidirectional(value);
        return text;
    }
}
