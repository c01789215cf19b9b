package sirkuit.app.data;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.work.Notice;
import sirkuit.protocol.Event;

/// The fields of one language: training texts, test texts, the meaning of the labels, name. They stand in rows, so that
/// those of two languages are aligned.
public final class LanguageFields {
    private final List<Region> rows;

    /// @param id `source` or `target`: the beginning of the fields' ids
    public LanguageFields(String id, LanguageModel language, PathChooser choosing) {
        PathField train = new PathField(
                        Words.of("form.train"),
                        id + "-train",
                        Words.of("form.train.prompt"),
                        language.train().file(),
                        () -> choosing.beside(language.train().file().get())
                                .texts(Words.of("form.choose.train." + id), language::chooseTrain))
                .telling(sentence(language.train()))
                .noting(language.train().notes())
                .complaining(trainComplaint(language));
        PathField test = new PathField(
                        Words.of("form.test"),
                        id + "-test",
                        "test.csv",
                        language.test().file(),
                        () -> choosing.beside(language.test().file().get())
                                .texts(Words.of("form.choose.test." + id), language::chooseTest))
                .telling(sentence(language.test()))
                .noting(language.test().notes())
                .complaining(language.test().complaint());
        TextField name = named(new TextField(), id + "-name");
        name.setPromptText(Words.of("form.language.prompt"));
        name.textProperty().bindBidirectional(language.name());
        LabelsBox labels = new LabelsBox(id, language.labels(), new SimpleBooleanProperty(), () -> {}).choosing();
        rows = List.of(train, test, labels, field(Words.of("form.language"), name));
        language.train().file().subscribe(path -> completed(language, path));
    }

    /// The fields, from top to bottom.
    public List<Region> rows() {
        return rows;
    }

    /// The complaint below the training texts. If the test texts have the same one, it is shown once, next to the
    /// labels.
    private static ObservableValue<@Nullable Notice> trainComplaint(LanguageModel language) {
        return Bindings.createObjectBinding(
                () -> {
                    Notice train = language.train().complaint().get();
                    Notice test = language.test().complaint().get();
                    return train != null && test != null && train.what().equals(test.what()) ? null : train;
                },
                language.train().complaint(),
                language.test().complaint());
    }

    private static void completed(LanguageModel language, String path) {
        // A typed folder, or a typed file while the rest is empty, is completed like a chosen one.
        Path place = TypedPath.of(path);
        if (place == null || path.isBlank()) {
            return;
        }
        boolean folder = Files.isDirectory(place);
        if (folder || (Files.isRegularFile(place) && !language.test().chosen())) {
            language.chooseTrain(place);
        }
    }

    private static ObservableValue<@Nullable String> sentence(TextsModel texts) {
        return texts.described().map(d -> d == null ? null : summary(d));
    }

    private static String summary(Event.Described d) {
        StringBuilder text = new StringBuilder(Words.of("form.texts", Numbers.count(d.examples())));
        for (int i = 0; i < d.labels().size(); i++) {
            text.append(i == 0 ? ": " : ", ")
                    .append(d.classCounts()[i])
                    .append(' ')
                    .append(d.labels().get(i));
        }
        return text.toString();
    }
}
