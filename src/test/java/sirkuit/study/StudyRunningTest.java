package sirkuit.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sirkuit.record.LabelBinding;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;
import sirkuit.run.state.RunState;

/// A study whose engine is this test: it writes each run's folder as the engine does.
class StudyRunningTest {
    private static final List<Double> RATES = List.of(1e-4, 2e-4, 4e-4, 8e-4);
    private static final double RUINOUS = 8e-4;

    @TempDir
    Path folder = Path.of("");

    private final List<String> asked = new ArrayList<>();
    private int left = Integer.MAX_VALUE;

    private Study study() {
        Path place = folder.resolve("study");
        return StudyPlan.in(place)
                ? Study.open(place)
                : Study.begin(place, MadeStudy.plan(folder, RATES, List.of(0L, 1L, 2L), true, null));
    }

    /// Runs the study until `runs` have ended.
    private StudyResults run(int runs) {
        left = runs;
        Study study = study();
        new StudyRunning(study, false, false).run(this::answer, new Silent());
        return results(study);
    }

    private static StudyResults results(Study study) {
        return StudyResults.read(study, damaged -> {
            throw damaged;
        });
    }

    private void answer(Request request, Consumer<Event> events) {
        if (left-- == 0) {
            throw new IllegalStateException("killed");
        }
        Path run = Path.of(request instanceof Request.Tune t ? t.runFolder() : ((Request.Resume) request).runFolder());
        asked.add(folder.resolve("study/runs").relativize(run).toString().replace('\\', '/'));
        RunConfig config = request instanceof Request.Tune t ? t.config() : new RunFolder(run).config();
        double rate = config.settings().learningRate();
        List<Event> all = new ArrayList<>(List.of(
                new Event.Started(config.name(), 20, 1, 100, 1000, 6),
                new Event.Evaluated(0, 0, quality(0.5), quality(0.8), Map.of(), null, quality(0.5))));
        boolean diverges = rate == RUINOUS;
        if (diverges) {
            all.add(Event.Failed.of(Problem.work("tuning.diverged", "loss", Double.NaN, 3), null));
        } else {
            double valid = 0.6 + 100 * rate;
            all.add(new Event.Written("adapted", 20, quality(valid), quality(0.7), Map.of(), quality(valid)));
            all.add(new Event.Finished(2));
        }
        write(new RunFolder(run), config, all);
        all.forEach(events);
        if (diverges) {
            throw new IllegalStateException("the work failed");
        }
    }

    private static void write(RunFolder run, RunConfig config, List<Event> events) {
        run.writeConfig(config);
        try {
            Files.write(
                    run.eventsFile(),
                    events.stream().map(e -> Wire.line(1, e, Instant.EPOCH)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Quality quality(double accuracy) {
        return new Quality(200, accuracy, accuracy, 1, new int[][] {{1, 0}, {0, 1}});
    }

    private static final class Silent implements StudyRunning.Listener {
        @Override
        public void begins(int number, int of, RunConfig config) {
            assertThat(number).isBetween(1, of);
        }

        @Override
        public void reported(Event event) {}

        @Override
        public void ended(RunState state) {
            assertThat(state.status()).isIn(RunState.Status.FINISHED, RunState.Status.FAILED);
        }
    }

    /// The best rate is 4e-4. Its upper neighbour diverges with the first seed.
    @Test
    void aRunThatDivergesIsAFailedPointAndTheStudyGoesOn() {
        StudyResults results = run(Integer.MAX_VALUE);
        assertThat(results.failures())
                .hasSize(2)
                .allMatch(f -> f.rate() == RUINOUS && f.why().contains("became NaN"));
        assertThat(results.next()).isEmpty();
        assertThat(results.fair(null).ownBest()).extracting(b -> b.row().rate()).containsOnly(4e-4);
        assertThat(results.text(null)).contains("| Acehnese | full | 8e-4 | 0 | 1 |");
        assertThat(results.outcomes()).hasSize(2 * (1 + 3 + 3));
        assertThat(results.count()).isEqualTo("14 of 24 runs have finished; 2 diverged; halving gave up 8");
    }

    @Test
    void aStudyThatWasKilledAnywhereMakesTheSameRunsOnce() {
        run(Integer.MAX_VALUE);
        List<String> whole = List.copyOf(asked);
        for (int at = 0; at < whole.size(); at++) {
            removeAll(folder.resolve("study"));
            asked.clear();
            int runs = at;
            assertThatThrownBy(() -> run(runs)).hasMessage("killed");
            run(Integer.MAX_VALUE);
            assertThat(asked).isEqualTo(whole);
        }
    }

    private static void removeAll(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStudyWhoseFilesHaveChangedIsNotResumed() throws IOException {
        Path texts = folder.resolve("train.csv");
        Files.writeString(texts, "text,label\nok,yes\nbad,no\n");
        Study study = study();
        StudyPlan.Cell cell = study.cells().getFirst();
        Map<String, Provenance.Used> files = new HashMap<>();
        files.put(
                "train",
                new Provenance.Used(
                        texts.toString(),
                        cell.config().train().digest(List.of("no", "yes")),
                        new LabelBinding(List.of("no", "yes"), "labels", List.of())));
        Provenance from =
                new Provenance("1.0", files, new Provenance.Machine("cpu", "x", null, null, null, null, null), "");
        write(new RunFolder(cell.folder()), cell.config(), List.of(new Event.MadeFrom(from)));
        StudyFiles.requireSame(study);
        Files.writeString(texts, "text,label\nok,no\nbad,no\n");
        assertThatThrownBy(() -> StudyFiles.requireSame(study))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(texts + " (train)");
    }
}
