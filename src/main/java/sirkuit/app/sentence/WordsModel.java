package sirkuit.app.sentence;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.app.browser.Choices;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.ProblemWords;
import sirkuit.app.look.Words;
import sirkuit.app.sentence.WordRow.Kind;
import sirkuit.app.sentence.WordRow.Method;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;

/// How much each word of the sentence pushes toward the answer, for the checkpoint and for another one beside it, with
/// all heads and without the selected ones. All rows are about the same class: the checkpoint's answer, or one that was
/// chosen.
public final class WordsModel {
    /// A change of a word is worth mentioning from this share of the largest value on.
    private static final double MENTIONED = 0.1;

    private final WindowEngine engine;
    private final ObservableValue<Request.@Nullable Model> model;
    private final SentenceModel sentence;
    private final ObservableValue<@Nullable HeadMask> mask;
    private final ObjectProperty<Method> method = new SimpleObjectProperty<>(Method.GRADIENT);
    private final ObjectProperty<Choices.@Nullable Checkpoint> beside = new SimpleObjectProperty<>();
    private final BooleanProperty headsOff = new SimpleBooleanProperty();
    private final BooleanProperty asChange = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Integer> label = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<List<WordRow>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable WordChange> change = new ReadOnlyObjectWrapper<>();
    private final Map<Kind, WordRow> known = new EnumMap<>(Kind.class);
    private ObservableList<Choices.Checkpoint> offered = FXCollections.observableArrayList();
    private @Nullable DataFile baseline;
    private final ReadOnlyBooleanWrapper waiting = new ReadOnlyBooleanWrapper();
    private int asked;
    private int open;

    WordsModel(
            WindowEngine engine,
            ObservableValue<Request.@Nullable Model> model,
            SentenceModel sentence,
            ObservableValue<@Nullable HeadMask> mask) {
        this.engine = engine;
        this.model = model;
        this.sentence = sentence;
        this.mask = mask;
        sentence.text().subscribe((was, now) -> ask());
        sentence.pair().subscribe((was, now) -> ask());
        sentence.open().subscribe((was, now) -> ask());
        model.subscribe((was, now) -> {
            label.set(null);
            ask();
        });
        mask.subscribe((was, now) -> {
            if (headsOff.get()) {
                ask();
            }
        });
        method.subscribe((was, now) -> ask());
        beside.subscribe((was, now) -> ask());
        headsOff.subscribe((was, now) -> ask());
        label.subscribe((was, now) -> ask());
    }

    void on(DataFile texts) {
        baseline = texts;
    }

    /// Sets what can be compared with: the project's own checkpoint first, then the adapted ones.
    public void offer(ObservableList<Choices.Checkpoint> checkpoints) {
        offered = checkpoints;
        offered.addListener((ListChangeListener<Choices.Checkpoint>) c -> keepBeside());
    }

    /// A run that was deleted or renamed is looked for again.
    private void keepBeside() {
        Choices.Checkpoint now = beside.get();
        if (now != null) {
            beside.set(besides().stream()
                    .filter(c -> Objects.equals(c.run(), now.run()))
                    .findFirst()
                    .orElse(null));
        }
    }

    /// The adapted checkpoints that can be compared with.
    public List<Choices.Checkpoint> besides() {
        return offered.stream().filter(c -> c.run() != null).toList();
    }

    public ObjectProperty<Method> method() {
        return method;
    }

    /// The checkpoint to compare with; null for none.
    public ObjectProperty<Choices.@Nullable Checkpoint> beside() {
        return beside;
    }

    /// Whether there are also rows without the selected heads.
    public BooleanProperty headsOff() {
        return headsOff;
    }

    /// Whether the rows after the first show how much they differ from it.
    public BooleanProperty asChange() {
        return asChange;
    }

    /// Index of the class that the values are about; null for the checkpoint's answer.
    public ObjectProperty<@Nullable Integer> label() {
        return label;
    }

    /// The checkpoint first; empty while there is no answer.
    public ReadOnlyObjectProperty<List<WordRow>> rows() {
        return rows.getReadOnlyProperty();
    }

    /// Why a row is missing; empty if there is nothing to say.
    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }

    /// Whether words are being left out, which takes a while.
    public ReadOnlyBooleanProperty waiting() {
        return waiting.getReadOnlyProperty();
    }

    /// Whether there are selected heads, which can be switched off.
    public ObservableValue<Boolean> hasHeads() {
        return mask.map(m -> m.size() > 0).orElse(false);
    }

    /// The word that was changed last; null once the sentence is another one.
    ReadOnlyObjectProperty<@Nullable WordChange> change() {
        return change.getReadOnlyProperty();
    }

    /// Whether a row shows differences now.
    boolean differs(WordRow row) {
        return asChange.get() && !rows.get().isEmpty() && row != rows.get().getFirst();
    }

    /// The values of a row, as they are shown. The first row shows none while the others show their difference from it.
    double[] values(WordRow row) {
        if (!asChange.get() || rows.get().size() < 2) {
            return row.values(method.get(), null);
        }
        WordRow first = rows.get().getFirst();
        return row == first ? new double[row.words().size()] : row.values(method.get(), first);
    }

    /// The largest size of a shown value; 0 when there is none.
    double largest() {
        return rows.get().stream()
                .flatMapToDouble(r -> Arrays.stream(values(r)))
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    /// Which words gained and lost most from the checkpoint to the one beside it, in a sentence; empty without one.
    String summary() {
        WordRow before = known.get(Kind.CHECKPOINT);
        WordRow after = known.get(Kind.BESIDE);
        if (before == null || after == null) {
            return "";
        }
        double[] differences = after.values(method.get(), before);
        double size = Math.max(largest(before), largest(after));
        int up = -1;
        int down = -1;
        for (int w = 0; w < differences.length; w++) {
            if (differences[w] > MENTIONED * size && (up < 0 || differences[w] > differences[up])) {
                up = w;
            }
            if (-differences[w] > MENTIONED * size && (down < 0 || differences[w] < differences[down])) {
                down = w;
            }
        }
        if (Arrays.stream(differences).noneMatch(Double::isFinite)) {
            return "";
        }
        String more = up < 0 ? "" : said("side.words.more", after, up, differences);
        String less = down < 0 ? "" : said("side.words.less", after, down, differences);
        String both = more + (more.isEmpty() || less.isEmpty() ? "" : ", ") + less;
        return both.isEmpty()
                ? Words.of("side.words.alike", after.name())
                : Words.of("side.words.summary", after.name(), both);
    }

    private static String said(String words, WordRow after, int at, double[] differences) {
        return Words.of(words, after.words().get(at).text(), Numbers.signed(differences[at], 2));
    }

    private double largest(WordRow row) {
        return Arrays.stream(row.values(method.get(), null))
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    /// Replaces a word in the sentence, and remembers the answers before.
    ///
    /// @param by empty to leave it out
    void replace(WordRow row, Event.Attributed.Word word, String by) {
        if (!row.text().equals(sentence.text().get())
                || !row.pair().equals(sentence.pair().get())) {
            return; // another sentence was typed meanwhile
        }
        String of = word.part() == 0 ? row.text() : row.pair();
        String with = by.isBlank()
                ? Event.Attributed.without(of, word.start(), word.end())
                : of.substring(0, word.start()) + by.strip() + of.substring(word.end());
        String text = word.part() == 0 ? with : row.text();
        String pair = word.part() == 0 ? row.pair() : with;
        change.set(new WordChange(row.text(), row.pair(), text, pair, word.text(), by.strip(), rows.get()));
        sentence.show(text, pair);
    }

    /// Takes the last change of a word back.
    void undo() {
        WordChange last = change.get();
        if (last != null) {
            change.set(null);
            sentence.show(last.text(), last.pair());
        }
    }

    void ask() {
        Request.Model of = model.getValue();
        String text = sentence.text().get();
        String pair = sentence.pair().get();
        int number = ++asked;
        WordChange last = change.get();
        if (last != null && !last.stillShown(text, pair)) {
            change.set(null);
        }
        trouble.set("");
        open = 0;
        waiting.set(false);
        if (of == null || !sentence.open().get() || text.isBlank()) {
            known.clear();
            publish();
            return;
        }
        ask(
                number,
                Kind.CHECKPOINT,
                Words.of("side.words.checkpoint"),
                of,
                label.get(),
                row -> askOthers(number, of, row));
    }

    private void askOthers(int number, Request.Model of, WordRow first) {
        Choices.Checkpoint other = beside.get();
        HeadMask now = mask.getValue();
        boolean off = headsOff.get() && now != null && now.size() > 0 && baseline != null;
        known.keySet().removeIf(k -> k.off() && !off || k.beside() && other == null);
        int toward = first.answer().label();
        if (other != null) {
            ask(number, Kind.BESIDE, other.name(), other.model(), toward, row -> {});
        }
        if (off) {
            ask(number, Kind.CHECKPOINT_OFF, first.name(), of, toward, row -> {});
        }
        if (off && other != null) {
            ask(number, Kind.BESIDE_OFF, other.name(), other.model(), toward, row -> {});
        }
    }

    private void ask(
            int number, Kind kind, String name, Request.Model of, @Nullable Integer toward, Consumer<WordRow> then) {
        String text = sentence.text().get();
        String pair = sentence.pair().get();
        HeadMask now = mask.getValue();
        Request question = new Request.Attribute(
                of,
                text,
                pair.isBlank() ? null : pair,
                toward,
                kind.off() ? now : null,
                kind.off() ? baseline : null,
                method.get() == Method.LEFT_OUT,
                "words " + kind);
        open++;
        waiting.set(method.get() == Method.LEFT_OUT);
        engine.ask(question, event -> {
            if (number != asked) {
                return;
            }
            if (event.isLast()) {
                open--;
                waiting.set(open > 0 && method.get() == Method.LEFT_OUT);
            }
            if (event instanceof Event.Attributed answer) {
                WordRow row = new WordRow(kind, name, text, pair, answer);
                known.put(kind, row);
                then.accept(row);
                publish();
            } else if (event instanceof Event.Failed failed) {
                known.remove(kind);
                trouble.set(ProblemWords.of(failed.problem()));
                publish();
            }
        });
    }

    private void publish() {
        rows.set(List.copyOf(known.values()));
    }
}
