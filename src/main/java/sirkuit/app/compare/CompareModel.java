package sirkuit.app.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.pane.ScoreShelf;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notices;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RankAgreement;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;

/// Two scores of the same heads, compared.
public final class CompareModel {

    /// Below this rank correlation, two methods do not measure the same thing.
    private static final double ALIKE = 0.3;

    private final WindowEngine engine;
    private final Notices notices;
    private final ScoreShelf shelf;
    private final MaskModel masks;
    private final Supplier<Request.@Nullable Model> model;
    private final ObservableList<Side> sides = FXCollections.observableArrayList();
    private final ObservableList<Side> view = FXCollections.unmodifiableObservableList(sides);
    private final Half first;
    private final Half second;
    private final ReadOnlyObjectWrapper<@Nullable RelevanceScores> difference = new ReadOnlyObjectWrapper<>();
    private final StringProperty differenceWords = new SimpleStringProperty("");
    private final HeatmapModel differenceMap;
    private final ReadOnlyStringWrapper agreement = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper advice = new ReadOnlyStringWrapper("");
    private final Map<String, RelevanceScores> adapted = new HashMap<>();
    private final ObjectProperty<@Nullable Job> job = new SimpleObjectProperty<>();
    private final ObservableValue<String> line = Job.lineOf(job);
    private @Nullable DataFile data;

    /// One side of the comparison and what it shows.
    public final class Half {
        private final ObjectProperty<@Nullable Side> choice = new SimpleObjectProperty<>();
        private final ReadOnlyObjectWrapper<@Nullable RelevanceScores> scores = new ReadOnlyObjectWrapper<>();
        private final StringProperty words = new SimpleStringProperty("");
        private final HeatmapModel map;

        Half(HeatmapModel like) {
            map = new HeatmapModel(scores, words, masks, like.pointing());
            map.notes().bind(like.notes());
            choice.subscribe((was, now) -> read(this, now));
        }

        public ObjectProperty<@Nullable Side> choice() {
            return choice;
        }

        public ReadOnlyObjectProperty<@Nullable RelevanceScores> scores() {
            return scores.getReadOnlyProperty();
        }

        public HeatmapModel map() {
            return map;
        }
    }

    /// @param model the checkpoint of the project, to score an adapted one like it
    /// @param like  whose pointing all heatmaps share
    public CompareModel(
            WindowEngine engine,
            Notices notices,
            ScoreShelf shelf,
            MaskModel masks,
            Supplier<Request.@Nullable Model> model,
            HeatmapModel like) {
        this.engine = engine;
        this.notices = notices;
        this.shelf = shelf;
        this.masks = masks;
        this.model = model;
        first = new Half(like);
        second = new Half(like);
        differenceMap = new HeatmapModel(difference, differenceWords, masks, like.pointing());
        like.options().subscribe(o -> List.of(first.map, second.map, differenceMap)
                .forEach(map -> map.colourBy(o.colours())));
        first.scores.subscribe(s -> compare());
        second.scores.subscribe(s -> compare());
        masks.k().subscribe(k -> compare());
    }

    /// Sets the texts that an adapted checkpoint is scored on.
    public void on(DataFile scored) {
        data = scored;
    }

    /// Sets how saved masks are read by name.
    public void masksBy(java.util.function.BiConsumer<String, Consumer<HeadMask>> reader) {
        readMask = reader;
    }

    private java.util.function.BiConsumer<String, Consumer<HeadMask>> readMask = (name, to) -> {};

    /// What the score of an adapted checkpoint waits for, or how it is going; empty if there is nothing to say.
    public ObservableValue<String> line() {
        return line;
    }

    /// Sets what can be compared. A selected side stays selected if it is still there.
    public void offer(java.util.List<Side> all) {
        Side a = first.choice.get();
        Side b = second.choice.get();
        sides.setAll(all);
        first.choice.set(a != null && all.contains(a) ? a : all.isEmpty() ? null : all.getFirst());
        second.choice.set(
                b != null && all.contains(b) ? b : all.isEmpty() ? null : all.get(Math.min(1, all.size() - 1)));
    }

    public ObservableList<Side> sides() {
        return view;
    }

    public Half first() {
        return first;
    }

    public Half second() {
        return second;
    }

    /// First minus second; each as a share of its largest where their units differ.
    public ReadOnlyObjectProperty<@Nullable RelevanceScores> difference() {
        return difference.getReadOnlyProperty();
    }

    public HeatmapModel differenceMap() {
        return differenceMap;
    }

    /// Rank correlation and common top heads, in words; empty while there is nothing to compare.
    public ReadOnlyStringProperty agreement() {
        return agreement.getReadOnlyProperty();
    }

    /// Advice when two methods hardly agree; empty otherwise.
    public ReadOnlyStringProperty advice() {
        return advice.getReadOnlyProperty();
    }

    public MaskModel masks() {
        return masks;
    }

    private void read(Half half, @Nullable Side side) {
        half.words.set(side == null ? "" : side.words());
        half.map.unit().set(side instanceof Side.Mask ? Words.of("centre.compare.unit.mask") : "");
        switch (side) {
            case null -> half.scores.set(null);
            case Side.Scores(String id, String words) ->
                shelf.get(id, kept -> {
                    if (side.equals(half.choice.get())) {
                        half.scores.set(kept.record().scores());
                    }
                });
            case Side.Mask(String name, String words) ->
                readMask.accept(name, mask -> {
                    if (side.equals(half.choice.get())) {
                        half.scores.set(asScores(mask));
                    }
                });
            case Side.Adapted(String checkpoint, String words) -> score(half, side, checkpoint, words);
        }
    }

    private void score(Half half, Side side, String checkpoint, String words) {
        RelevanceScores known = adapted.get(checkpoint);
        Request.Model like = model.get();
        half.scores.set(known);
        if (known != null || like == null || data == null) {
            return;
        }
        Request.Model other = new Request.Model(checkpoint, like.labels(), like.maxLength(), like.prompt());
        job.set(engine.submit(
                Words.of("centre.compare.scoring", words),
                new Request.Score(
                        other,
                        data,
                        ScoreMethod.CDT,
                        false,
                        Defaults.BASELINE_EXAMPLES,
                        Defaults.EXAMPLES,
                        Defaults.SEED,
                        null),
                event -> {
                    if (event instanceof Event.Scored(var record)) {
                        adapted.put(checkpoint, record.scores());
                        if (side.equals(half.choice.get())) {
                            half.scores.set(record.scores());
                        }
                    } else if (event instanceof Event.Failed failed) {
                        notices.tell(failed);
                    }
                }));
    }

    private static RelevanceScores asScores(HeadMask mask) {
        double[][] values = new double[mask.layers()][mask.heads()];
        double[][] errors = new double[mask.layers()][mask.heads()];
        for (Head h : mask.selected()) {
            values[h.layer()][h.head()] = 1;
        }
        return new RelevanceScores(ScoreMethod.CDT, values, errors, 0);
    }

    private void compare() {
        RelevanceScores a = first.scores.get();
        RelevanceScores b = second.scores.get();
        advice.set("");
        if (a == null || b == null || a.layers() != b.layers() || a.heads() != b.heads()) {
            difference.set(null);
            agreement.set(a == null || b == null ? "" : Words.of("centre.compare.shapes"));
            return;
        }
        boolean same = a.method() == b.method() && a.examples() > 0 && b.examples() > 0;
        double scaleA = same ? 1 : positive(a.range());
        double scaleB = same ? 1 : positive(b.range());
        double[][] values = new double[a.layers()][a.heads()];
        double[][] errors = new double[a.layers()][a.heads()];
        for (int l = 0; l < a.layers(); l++) {
            for (int h = 0; h < a.heads(); h++) {
                values[l][h] = a.score()[l][h] / scaleA - b.score()[l][h] / scaleB;
                errors[l][h] = Math.hypot(a.standardError()[l][h] / scaleA, b.standardError()[l][h] / scaleB);
            }
        }
        differenceMap.unit().set(same ? "" : Words.of("centre.compare.unit.share"));
        differenceWords.set(Words.of(
                same ? "centre.compare.difference" : "centre.compare.shares",
                MethodWords.shortName(a.method()),
                MethodWords.shortName(b.method())));
        difference.set(new RelevanceScores(ScoreMethod.CDT, values, errors, Math.min(a.examples(), b.examples())));
        RankAgreement ranks = RankAgreement.of(a, b, Math.max(1, masks.k().get()));
        agreement.set(
                Words.of("centre.compare.agreement", Numbers.decimal(ranks.spearman(), 2), ranks.overlap(), ranks.k()));
        boolean methods = a.method() != b.method() && a.examples() > 0 && b.examples() > 0;
        advice.set(methods && ranks.spearman() < ALIKE ? Words.of("centre.compare.differ") : "");
    }

    private static double positive(double range) {
        return range > 0 ? range : 1;
    }
}
