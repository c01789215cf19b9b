package sirkuit.app.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.work.WindowEngine;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// A language with its training and test texts. Choosing one file or a folder fills in the rest.
public final class LanguageModel {
    private static final List<String> TRAIN_NAMES = List.of("train", "training");
    private static final List<String> TEST_NAMES = List.of("test", "valid", "validation", "dev");

    private static final List<String> ENDINGS =
            List.of(".csv", ".tsv", ".jsonl", ".parquet", ".csv.gz", ".tsv.gz", ".jsonl.gz");

    private final StringProperty name = new SimpleStringProperty("");
    private final TextsModel train;
    private final TextsModel test;
    private final LabelsModel labels;

    public LanguageModel(WindowEngine engine, ObservableValue<Request.@Nullable Model> model) {
        train = new TextsModel(engine, model);
        test = new TextsModel(engine, model);
        test.compareWith(train);
        labels = new LabelsModel(train, test);
    }

    /// The class of each of its labels.
    public LabelsModel labels() {
        return labels;
    }

    public StringProperty name() {
        return name;
    }

    public TextsModel train() {
        return train;
    }

    public TextsModel test() {
        return test;
    }

    /// Takes a folder with train.csv and test.csv, or one of those files. It fills in the other file and the
    /// language's name (that of the folder), unless the user has entered others.
    public void chooseTrain(Path place) {
        Path folder = Files.isDirectory(place) ? place : place.toAbsolutePath().getParent();
        Path trainFile = Files.isDirectory(place) ? sibling(place, TRAIN_NAMES) : place;
        train.file().set(String.valueOf(trainFile == null ? place : trainFile));
        Path testFile = sibling(folder, TEST_NAMES);
        if (testFile != null && !testFile.equals(trainFile)) {
            test.file().set(testFile.toString());
        }
        nameAfter(folder);
    }

    /// Takes the test file alone.
    public void chooseTest(Path file) {
        test.file().set(file.toString());
        if (name.get().isBlank()) {
            nameAfter(file.toAbsolutePath().getParent());
        }
    }

    public void show(ProjectFile.Language language) {
        labels.keep(language.train().file());
        name.set(language.name());
        train.show(language.train());
        test.show(language.test());
    }

    /// Shows no language.
    void clear() {
        name.set("");
        train.show(new DataFile(""));
        test.show(new DataFile(""));
    }

    /// Asks the engine again about what it has not answered.
    public void retry() {
        train.retry();
        test.retry();
    }

    public boolean empty() {
        return !train.chosen() && !test.chosen();
    }

    /// What is missing or wrong, in a sentence; null when the language can be used.
    public @Nullable String missing() {
        if (!train.chosen()) {
            return Words.of("form.missing.train");
        }
        if (!test.chosen()) {
            return Words.of("form.missing.test");
        }
        if (train.problem().get() != null || test.problem().get() != null) {
            return Words.of("form.missing.usable");
        }
        return name.get().isBlank() ? Words.of("form.missing.language") : null;
    }

    /// Runs something as soon as the engine has described both files as they are chosen now.
    ///
    /// @return cancels it
    public Subscription whenDescribed(Runnable then) {
        if (described()) {
            then.run();
            return Subscription.EMPTY;
        }
        Subscription[] both = {Subscription.EMPTY};
        Runnable heard = () -> {
            if (described()) {
                both[0].unsubscribe();
                then.run();
            }
        };
        both[0] = train.described()
                .subscribe((was, now) -> heard.run())
                .and(test.described().subscribe((was, now) -> heard.run()));
        return both[0];
    }

    private boolean described() {
        return train.described().get() != null && test.described().get() != null;
    }

    public ProjectFile.Language language() {
        return new ProjectFile.Language(name.get().strip(), train.data(), test.data());
    }

    private void nameAfter(@Nullable Path folder) {
        if (folder != null && folder.getFileName() != null) {
            String raw = folder.getFileName().toString().replace('_', ' ').replace('-', ' ');
            name.set(raw.isEmpty() ? raw : raw.substring(0, 1).toUpperCase(Locale.ROOT) + raw.substring(1));
        }
    }

    private static @Nullable Path sibling(@Nullable Path folder, List<String> names) {
        if (folder == null) {
            return null;
        }
        return names.stream()
                .flatMap(n -> ENDINGS.stream().map(e -> folder.resolve(n + e)))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }
}
