package sirkuit.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.UsesProcess;
import sirkuit.engine.EngineProcess;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// What lies in `sample-projects/`: a copy of it opens, and its checkpoints do what its runs say.
class CommittedSamplesTest {
    private static final Path SAMPLES = Path.of("sample-projects");

    @TempDir
    Path folder = Path.of("");

    @Test
    @UsesProcess
    void checkpointsAndAdaptedModelsAreAsGoodAsTheirRunsSay() throws Exception {
        try (EngineProcess engine = new EngineProcess()) {
            for (Path sample : samples()) {
                try (Project project = Project.open(copy(sample))) {
                    ProjectFile file = project.resolved();
                    RunFolder run = project.runs().getFirst();
                    List<Event.Evaluated> told = evaluations(run);
                    Quality before = told.getFirst().target();
                    Quality after = told.getLast().target();
                    DataFile target =
                            java.util.Objects.requireNonNull(file.target()).test();

                    assertThat(measured(engine, file, file.checkpoint(), target))
                            .isEqualTo(before.accuracy());
                    // F16 rounds what training left in F32.
                    assertThat(measured(engine, file, run.adapted().toString(), target))
                            .isBetween(after.accuracy() - 0.02, after.accuracy() + 0.02);
                }
            }
        }
    }

    @Test
    void everyRunSaysWhatItLearntAndFromWhichTexts() throws IOException {
        for (Path sample : samples()) {
            try (Project project = Project.openReadOnly(sample)) {
                ProjectFile file = project.resolved();
                for (RunFolder run : project.runs()) {
                    RunConfig config = run.config();
                    Event.Started started = (Event.Started)
                            Wire.event(run.eventLines().getFirst()).body();
                    List<String> labels = List.of("negative", "neutral", "positive");
                    labels = sample.endsWith("inference") ? List.of("entailment", "neutral", "contradiction") : labels;

                    assertThat(started.target())
                            .isEqualTo(java.util.Objects.requireNonNull(file.target())
                                    .name())
                            .isEqualTo(config.target());
                    assertThat(started.source()).isEqualTo(file.source().name()).isEqualTo(config.source());
                    assertThat(started.digests().keySet())
                            .isEqualTo(config.files().keySet());
                    for (String role : started.digests().keySet()) {
                        DataFile data =
                                java.util.Objects.requireNonNull(config.files().get(role));
                        assertThat(started.digests().get(role))
                                .as(run + " " + role)
                                .isEqualTo(data.digest(labels));
                    }
                }
            }
        }
    }

    @Test
    void theSourceIsKnownTheTargetLessAndTuningChosenHeadsMendsThat() throws IOException {
        for (Path sample : samples()) {
            try (Project project = Project.openReadOnly(sample)) {
                double chance = 1 / 3.0;
                Event.Evaluated before =
                        evaluations(project.run("1-full-precomputed")).getFirst();
                Event.Evaluated full =
                        evaluations(project.run("1-full-precomputed")).getLast();
                Event.Evaluated top =
                        evaluations(project.run("2-top-precomputed")).getLast();

                assertThat(before.target().accuracy()).isGreaterThan(chance + 0.1);
                assertThat(before.target().accuracy()).isLessThan(source(before) - 0.1);
                assertThat(top.target().accuracy())
                        .isGreaterThanOrEqualTo(full.target().accuracy() - 0.0301);
                assertThat(source(top)).isGreaterThan(source(full));
            }
        }
    }

    private static double source(Event.Evaluated e) {
        return java.util.Objects.requireNonNull(e.source()).accuracy();
    }

    @UsesProcess
    private static double measured(EngineProcess engine, ProjectFile file, String checkpoint, DataFile data)
            throws InterruptedException {
        Request.Model model = new Request.Model(checkpoint, file.labels(), file.maxLength(), file.prompt());
        return EngineProcess.only(engine.ask(new Request.Evaluate(model, data)), Event.Measured.class)
                .quality()
                .accuracy();
    }

    private static List<Event.Evaluated> evaluations(RunFolder run) {
        return run.eventLines().stream()
                .map(line -> Wire.event(line).body())
                .filter(Event.Evaluated.class::isInstance)
                .map(Event.Evaluated.class::cast)
                .toList();
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> all = Files.list(SAMPLES)) {
            return all.filter(p -> Files.exists(p.resolve("project.json")))
                    .sorted()
                    .toList();
        }
    }

    private Path copy(Path sample) throws IOException {
        Path to = folder.resolve(sample.getFileName());
        try (Stream<Path> all = Files.walk(sample)) {
            for (Path from : all.toList()) {
                Files.copy(from, to.resolve(sample.relativize(from).toString()));
            }
        }
        return to;
    }
}
