package sirkuit.app.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.record.LabelBinding;

/// Which class each label in a language's texts means, and how to correct it. A choice holds for the training texts and
/// the test texts.
public final class LabelsModel {
    private final TextsModel train;
    private final TextsModel test;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final ObservableList<Row> rowsView = FXCollections.unmodifiableObservableList(rows);
    private final ReadOnlyBooleanWrapper questionable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper unknown = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper remarks = new ReadOnlyStringWrapper("");
    private @Nullable LabelsModel source;
    private String kept = "";
    private Map<String, String> proposed = Map.of();

    /// One label.
    ///
    /// @param meaning the class; null if there is none
    /// @param train   training texts that have it
    /// @param test    test texts that have it
    /// @param texts   a few of them
    public record Row(
            String label, @Nullable String meaning, LabelBinding.How how, int train, int test, List<String> texts) {
        /// Whether it might mean another class, because it is not the name of one.
        public boolean open() {
            return how != LabelBinding.How.NAME && how != LabelBinding.How.SPELLING;
        }

        /// Whether somebody should check it: the class has a name and the label is only its number, or the
        /// label matches no class.
        private boolean questionable() {
            return how == LabelBinding.How.UNKNOWN
                    || (how == LabelBinding.How.NUMBER && meaning != null && !meaning.matches("(?i)(label_)?\\d+"));
        }
    }

    LabelsModel(TextsModel train, TextsModel test) {
        this.train = train;
        this.test = test;
        train.binding().subscribe(b -> fill());
        test.binding().subscribe(b -> fill());
    }

    /// By their labels; empty while nothing is known.
    public ObservableList<Row> rows() {
        return rowsView;
    }

    /// Whether some label should be checked: one that is not the name of a class, or a class that no training text
    /// has.
    public ReadOnlyBooleanProperty questionable() {
        return questionable.getReadOnlyProperty();
    }

    /// Whether some label matches no class, so that the texts cannot be used.
    public ReadOnlyBooleanProperty unknown() {
        return unknown.getReadOnlyProperty();
    }

    /// The classes to choose from.
    public List<String> classes() {
        return bindings().findFirst().map(LabelBinding::classes).orElse(List.of());
    }

    /// Compares with the labels of the source language: the same label should mean the same in both. The user's
    /// choices for the source are proposed for newly chosen texts. A remark says where the two differ.
    public void like(LabelsModel other) {
        source = other;
        other.rows.addListener((ListChangeListener<Row>) c -> compare());
        compare();
    }

    /// The choices for the labels in this file were saved, so nothing is proposed again.
    void keep(String file) {
        kept = file;
    }

    /// The class of a label: the user's choice, even before the engine has answered; null for none.
    @Nullable
    String meaning(Row row) {
        Map<String, String> chosen = train.data().labelMap();
        return train.reading().get() && chosen != null ? chosen.getOrDefault(row.label, row.meaning) : row.meaning;
    }

    /// Remarks beside the rows, in sentences; empty when there are none.
    public ReadOnlyStringProperty remarks() {
        return remarks.getReadOnlyProperty();
    }

    private String said() {
        List<String> said = new ArrayList<>();
        if (rows.stream().anyMatch(r -> r.how == LabelBinding.How.UNKNOWN)) {
            return Words.of("form.labels.unknown");
        }
        if (rows.stream().anyMatch(Row::open)) {
            said.add(
                    !proposed.isEmpty() && proposed.equals(train.data().labelMap())
                            ? Words.of("form.labels.proposed")
                            : Words.of("form.labels.order"));
        }
        List<String> unlike = unlike().stream()
                .map(r -> Words.of("form.labels.means", r.label, Objects.requireNonNull(r.meaning)))
                .toList();
        if (!unlike.isEmpty()) {
            said.add(Words.of("form.labels.source", String.join(", ", unlike)));
        }
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            said.add(Words.of("form.labels.missing", String.join(", ", missing)));
        }
        return String.join(" ", said);
    }

    /// Rows of the source whose labels mean another class in this language.
    private List<Row> unlike() {
        return source == null
                ? List.of()
                : source.rows.stream()
                        .filter(s -> s.open() && s.meaning != null)
                        .filter(s -> rows.stream()
                                .anyMatch(r -> r.open()
                                        && r.label.equals(s.label)
                                        && r.meaning != null
                                        && !r.meaning.equals(s.meaning)))
                        .toList();
    }

    private void compare() {
        propose();
        remarks.set(said());
        questionable.set(rows.stream().anyMatch(Row::questionable) || !missing().isEmpty() || !unlike().isEmpty());
    }

    /// Applies the user's choices for the source here too, unless the user has chosen something else here.
    private void propose() {
        LabelsModel from = source;
        Map<String, String> now = train.data().labelMap();
        boolean own = now != null && !now.isEmpty() && !now.equals(proposed);
        if (from == null || own || rows.isEmpty() || train.file().get().equals(kept)) {
            return;
        }
        Map<String, String> map = new LinkedHashMap<>();
        boolean said = false;
        for (Row row : rows) {
            Row like = from.rows.stream()
                    .filter(s -> s.how == LabelBinding.How.LABEL_MAP && s.label.equals(row.label))
                    .findFirst()
                    .orElse(null);
            if (row.open() && like != null && like.meaning != null) {
                map.put(row.label, like.meaning);
                said = true;
            } else if (row.open() && row.meaning != null) {
                map.put(row.label, row.meaning); // numbers are not read in their order once some are chosen
            }
        }
        if (said && !map.equals(now)) {
            proposed = map;
            tell(map);
        }
    }

    /// Classes that no training text has: they are tested but were never learned.
    private List<String> missing() {
        return train.binding().get() == null
                ? List.of()
                : classes().stream()
                        .filter(c -> rows.stream().noneMatch(r -> c.equals(r.meaning) && r.train > 0))
                        .toList();
    }

    /// Sets the class of a label. The other labels keep their current classes: numbers are read in the checkpoint's
    /// order only as long as nobody chooses the class of one.
    public void choose(String label, String wanted) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.open() && row.meaning != null) {
                map.put(row.label, row.meaning);
            }
        }
        Map<String, String> chosen = train.data().labelMap();
        if (chosen != null) {
            map.putAll(chosen); // also what the engine has not answered yet
        }
        if (wanted.equals(map.put(label, wanted))) {
            return;
        }
        tell(map);
    }

    private void tell(Map<String, String> map) {
        train.choose(map);
        if (test.chosen()) {
            test.choose(map);
        }
    }

    private Stream<LabelBinding> bindings() {
        return Stream.of(train, test)
                .map(t -> t.binding().get())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    private void fill() {
        Map<String, Row> all = new LinkedHashMap<>();
        add(all, train.binding().get(), true);
        add(all, test.binding().get(), false);
        List<Row> now = all.values().stream()
                .sorted(Comparator.comparing((Row r) -> r.label.matches("\\d+") ? r.label.length() : Integer.MAX_VALUE)
                        .thenComparing(Row::label))
                .toList();
        if (!now.equals(rows)) {
            rows.setAll(now);
        }
        unknown.set(now.stream().anyMatch(r -> r.how == LabelBinding.How.UNKNOWN));
        compare();
    }

    private void add(Map<String, Row> all, @Nullable LabelBinding binding, boolean training) {
        if (binding == null) {
            return;
        }
        for (LabelBinding.Value v : binding.values()) {
            List<String> texts = v.texts() == null ? List.of() : v.texts();
            Row row =
                    new Row(v.label(), v.meaning(), v.how(), training ? v.count() : 0, training ? 0 : v.count(), texts);
            all.merge(v.label(), row, this::both);
        }
    }

    /// A label with one class in the training texts and another in the test texts counts as having none. If the
    /// user chose the same for both, the engine has not answered for one of them yet.
    private Row both(Row was, Row more) {
        boolean same = Objects.equals(was.meaning, more.meaning)
                || Objects.equals(train.data().labelMap(), test.data().labelMap())
                        && more.how != LabelBinding.How.UNKNOWN;
        return new Row(
                was.label,
                same ? was.meaning : null,
                same ? was.how : LabelBinding.How.UNKNOWN,
                was.train,
                was.test + more.test,
                was.texts);
    }
}
