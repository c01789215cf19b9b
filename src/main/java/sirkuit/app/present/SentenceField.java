package sirkuit.app.present;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Words;

/// The audience's sentence: typed or picked, and below it what it means.
final class SentenceField extends VBox {
    private static final int MOST = 300;

    private final TextField field;

    /// @param id      of the field
    /// @param picking whether examples are offered
    SentenceField(AskModel model, String id, boolean picking) {
        field = named(styled(new TextField(), "stage-field"), id);
        field.setPromptText(Words.of("present.prompt"));
        field.setAccessibleText(Words.of("present.prompt"));
        field.setTextFormatter(new javafx.scene.control.TextFormatter<String>(
                change -> change.getControlNewText().length() > MOST ? null : change));
        field.textProperty().bindBidirectional(model.text());
        Label meaning = named(Page.words("", "stage-gloss"), id + "-gloss");
        model.text().subscribe(text -> {
            String says = model.meaning(text);
            meaning.setText(says.isEmpty() ? "" : Words.of("present.gloss", says));
        });
        getStyleClass().add("stage-sentence");
        getChildren().addAll(field, meaning);
        if (picking && !model.examples().isEmpty()) {
            FlowPane examples = styled(new FlowPane(), "stage-examples");
            for (int i = 0; i < model.examples().size(); i++) {
                int at = i;
                Button example =
                        named(styled(new Button(model.examples().get(i)), "stage-example"), "stage-example-" + (i + 1));
                example.setTooltip(new Tooltip(Words.of("present.pick", i + 1 + "")));
                example.setOnAction(e -> model.pick(at));
                examples.getChildren().add(example);
            }
            getChildren().add(examples);
        }
    }

    void type() {
        field.requestFocus();
        field.selectAll();
    }
}
