package sirkuit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.UsesProcess;
import sirkuit.engine.EngineProcess;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.run.RunFolder;

/// Samples too small to know anything, made by the real engine.
@UsesProcess
class SampleMakerTest {
    @TempDir
    Path folder = Path.of("");

    private static Recipe tiny(Recipe r) {
        Recipe.Training short1 = new Recipe.Training(1, 12, 1e-3);
        return new Recipe(
                r.name(),
                r.title(),
                r.about(),
                r.grammar(),
                r.languages(),
                new Architecture(r.architecture().decoder(), 2, 2, 16, 16, 48),
                r.prompt(),
                new Recipe.Sizes(36, 24, 24),
                new Recipe.Pretraining(r.spoken().stream().map(l -> 50).toList(), 0.1, 6, 8, 1e-3),
                short1,
                new Recipe.Runs(1, short1));
    }

    @Test
    void theSameSeedGivesTheSameFilesByteForByte() throws IOException {
        try (EngineProcess engine = new EngineProcess()) {
            Samples.Engine working = working(engine);
            for (Recipe recipe : Recipes.all()) {
                Path once = Samples.make(tiny(recipe), 7, folder.resolve("a"), false, 1, working, line -> {});
                Path again =
                        Samples.make(tiny(recipe), 7, folder.resolve("elsewhere/b"), false, 1, working, line -> {});
                Path other = Samples.make(tiny(recipe), 8, folder.resolve("c"), false, 1, working, line -> {});

                assertThat(files(again))
                        .isEqualTo(files(once))
                        .containsKey("runs/1-full-precomputed/adapted/model.safetensors");
                assertThat(files(other).get("checkpoint/model.safetensors"))
                        .isNotEqualTo(files(once).get("checkpoint/model.safetensors"));
                assertThat(folder.resolve("a")).isDirectoryNotContaining("glob:**/.*");
                opens(once);
            }
        }
    }

    private static void opens(Path made) {
        try (Project project = Project.openReadOnly(made)) {
            assertThat(project.scoreIds())
                    .containsExactlyInAnyOrder("cdt-precomputed", "gradient-precomputed", "ablation-precomputed");
            assertThat(project.maskNames()).hasSize(3).contains("current");
            assertThat(project.runs()).hasSize(5).allMatch(RunFolder::finished);
            assertThat(project.scores("cdt-precomputed").provenance())
                    .satisfies(p -> assertThat(p == null ? "" : p.checkpoint())
                            .isEqualTo(project.resolved().checkpoint()));
        }
    }

    @Test
    void aSampleThatIsThereIsNotTouchedUnlessItMayBeReplaced() throws IOException {
        Path there = Files.createDirectories(folder.resolve("reviews"));
        Files.writeString(there.resolve("project.json"), "mine");

        assertThatThrownBy(() -> Samples.make("reviews", 0, folder, false, 1, (request, listener) -> {}, line -> {}))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("already exists");
        assertThat(there.resolve("project.json")).hasContent("mine");
    }

    @Test
    void aFolderThatIsNoProjectIsNeverReplaced() throws IOException {
        Path there = Files.createDirectories(folder.resolve("reviews"));
        Files.writeString(there.resolve("thesis.tex"), "mine");

        assertThatThrownBy(() -> Samples.make("reviews", 0, folder, true, 1, (request, listener) -> {}, line -> {}))
                .isInstanceOf(Problem.class);
        assertThat(there.resolve("thesis.tex")).hasContent("mine");
    }

    private static Samples.Engine working(EngineProcess engine) {
        return new Samples.Engine() {
            @Override
            public void run(Request request, Consumer<Event> listener) {
                try {
                    List<Event> events = engine.ask(request);
                    events.forEach(listener);
                    assertThat(events.getLast()).isInstanceOf(Event.Finished.class);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    private static Map<String, String> files(Path of) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(of)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        of.relativize(file).toString(), java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
