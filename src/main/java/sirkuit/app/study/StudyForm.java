package sirkuit.app.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.app.tune.Trainable;
import sirkuit.app.tune.TuneModel;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;
import sirkuit.protocol.Event;
import sirkuit.record.Defaults;
import sirkuit.record.ProjectFile;
import sirkuit.study.StudyPlan;
import sirkuit.study.StudyStrategy;

/// The grid of a new study: strategies, numbers of heads, seeds. Everything else comes from the settings of the next
/// run.
public final class StudyForm {
    private static final int MOST_RUNS = 500;

    private final StringProperty name = new SimpleStringProperty("study");
    private final StringProperty sizes = new SimpleStringProperty("12");
    private final StringProperty seeds = new SimpleStringProperty(
            Defaults.WINDOW_STUDY_SEEDS.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    private final ObjectProperty<Set<String>> targets = new SimpleObjectProperty<>(Set.of());
    private final BooleanProperty full = new SimpleBooleanProperty(true);
    private final BooleanProperty top = new SimpleBooleanProperty(true);
    private final BooleanProperty nearZero = new SimpleBooleanProperty(false);
    private final BooleanProperty random = new SimpleBooleanProperty(true);
    private final BooleanProperty norms = new SimpleBooleanProperty(false);
    private final BooleanProperty allHeads = new SimpleBooleanProperty(false);
    private final BooleanProperty chosen = new SimpleBooleanProperty(false);
    private final BooleanProperty severalRates = new SimpleBooleanProperty(false);

    /// What is open in the window while the form is filled in.
    public record Basis(
            ProjectFile file,
            Event.Inspected checkpoint,
            @Nullable HeadMask mask,
            @Nullable RelevanceScores scores,
            TuneModel tune) {}

    public StringProperty name() {
        return name;
    }

    /// Numbers of heads, with commas.
    public StringProperty sizes() {
        return sizes;
    }

    /// Seeds, with commas.
    public StringProperty seeds() {
        return seeds;
    }

    /// Whether each strategy runs at several learning rates, of which the valid split chooses its own best.
    public BooleanProperty severalRates() {
        return severalRates;
    }

    /// Names of the targets to learn. If it names none of the project's, the target to learn now is learned.
    public ObjectProperty<Set<String>> targets() {
        return targets;
    }

    /// The targets to learn, in the project's order; empty if the project has none.
    static List<ProjectFile.Language> targets(ProjectFile project, Set<String> names) {
        List<ProjectFile.Language> wanted = project.allTargets().stream()
                .filter(t -> names.contains(t.name()))
                .toList();
        ProjectFile.Language now = project.target();
        return !wanted.isEmpty() || now == null ? wanted : List.of(now);
    }

    /// Whether to run each strategy, by its name in the bundle.
    Map<String, BooleanProperty> strategies() {
        Map<String, BooleanProperty> all = new java.util.LinkedHashMap<>();
        all.put("full", full);
        all.put("top", top);
        all.put("near", nearZero);
        all.put("random", random);
        all.put("norms", norms);
        all.put("all", allHeads);
        all.put("chosen", chosen);
        return all;
    }

    Observable[] causes() {
        List<Observable> causes = new ArrayList<>(List.of(name, sizes, seeds, targets, severalRates));
        causes.addAll(strategies().values());
        return causes.toArray(Observable[]::new);
    }

    /// The study that the form describes.
    ///
    /// @throws Problem with what is missing
    public StudyPlan plan(Basis basis) {
        List<ProjectFile.Language> learned = targets(basis.file, targets.get());
        if (learned.isEmpty()) {
            throw Problem.plain(Words.of("runs.study.noTarget"), "");
        }
        TuneModel tune = basis.tune;
        double rate = tune.what().get() == Trainable.FULL
                ? Defaults.MASKED_RATE
                : tune.learningRate().get();
        StudyPlan plan = new StudyPlan(
                StudyPlan.VERSION,
                name.get().strip(),
                basis.file.checkpoint(),
                basis.file.labels(),
                basis.file.prompt(),
                basis.file.source().test(),
                tune.course().watched().get(),
                new StudyPlan.Grid(
                        learned.stream()
                                .map(t -> new StudyPlan.Target(t.name(), t.train(), t.test()))
                                .toList(),
                        atRates(strategies(basis, rate)),
                        numbers(seeds.get(), 0).stream().map(Integer::longValue).toList(),
                        severalRates.get()),
                tune.settings(basis.file, basis.checkpoint),
                tune.course().course(),
                basis.file.source().name());
        int runs = plan.size();
        if (runs > MOST_RUNS) {
            throw Problem.plain(Words.of("runs.study.tooMany", runs + "", MOST_RUNS + ""), "");
        }
        return plan;
    }

    private List<StudyStrategy> atRates(List<StudyStrategy> all) {
        return severalRates.get()
                ? all.stream().map(s -> s.at(Defaults.rates(s.what()))).toList()
                : all;
    }

    private List<StudyStrategy> strategies(Basis basis, double rate) {
        int layers = basis.checkpoint.layers();
        int heads = basis.checkpoint.heads();
        boolean withNorms = basis.tune.norms().get();
        List<StudyStrategy> all = new ArrayList<>();
        if (full.get()) {
            all.add(StudyStrategy.full(Defaults.FULL_RATE));
        }
        for (int k : top.get() || nearZero.get() || random.get() ? numbers(sizes.get(), 1) : Set.<Integer>of()) {
            if (top.get()) {
                all.add(byScores(new MaskStrategy.TopK(k), basis, rate));
            }
            if (nearZero.get()) {
                all.add(byScores(new MaskStrategy.NearZero(k), basis, rate));
            }
            if (random.get()) {
                all.add(StudyStrategy.random(k, layers, heads, withNorms, rate));
            }
        }
        if (norms.get()) {
            all.add(StudyStrategy.norms(layers, heads, rate));
        }
        if (allHeads.get()) {
            all.add(StudyStrategy.allHeads(layers, heads, withNorms, rate));
        }
        if (chosen.get()) {
            HeadMask mask = basis.mask;
            if (mask == null || mask.size() == 0) {
                throw Problem.plain(Words.of("runs.study.noMask"), "");
            }
            all.add(StudyStrategy.masked("chosen " + mask.size(), mask, withNorms, rate));
        }
        if (all.isEmpty()) {
            throw Problem.plain(Words.of("runs.study.noStrategy"), "");
        }
        return all;
    }

    private static StudyStrategy byScores(MaskStrategy way, Basis basis, double rate) {
        RelevanceScores scores = basis.scores;
        if (scores == null) {
            throw Problem.plain(Words.of("runs.study.noScores"), "");
        }
        return StudyStrategy.byScores(
                way, scores, scores.method().id(), basis.tune.norms().get(), rate);
    }

    private static Set<Integer> numbers(String text, int least) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (String word :
                Arrays.stream(text.split("[,;\\s]+")).filter(w -> !w.isEmpty()).toList()) {
            if (!word.matches("\\d{1,6}") || Integer.parseInt(word) < least) {
                throw Problem.plain(Words.of("runs.study.notNumbers", word), "");
            }
            numbers.add(Integer.parseInt(word));
        }
        if (numbers.isEmpty()) {
            throw Problem.plain(Words.of("runs.study.noNumbers"), "");
        }
        return numbers;
    }
}
