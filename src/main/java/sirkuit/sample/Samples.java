package sirkuit.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.device.Backend;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// The sample projects, by name.
public final class Samples {
    private Samples() {}

    /// Handles requests.
    public interface Engine extends SampleMaker.Engine {
        @Override
        void run(Request request, Consumer<Event> listener);
    }

    /// Names of all samples, in the order in which they are shown.
    public static List<String> names() {
        return Recipes.all().stream().map(Recipe::name).toList();
    }

    /// Makes one sample. The folder appears when it is complete.
    ///
    /// @param name    see [#names()]
    /// @param into    the folder that will contain the sample's folder
    /// @param replace whether a sample that is there already is replaced
    /// @param threads for the arithmetic: other numbers of threads give other last digits
    /// @param said    receives the progress, in words
    /// @throws Problem when there is no such sample, or one is there already
    public static Path make(
            String name, long seed, Path into, boolean replace, int threads, Engine engine, Consumer<String> said) {
        Recipe recipe = Recipes.all().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of("sample.no-such-sample", name, String.join(", ", names())));
        return make(recipe, seed, into, replace, threads, engine, said);
    }

    static Path make(
            Recipe recipe, long seed, Path into, boolean replace, int threads, Engine engine, Consumer<String> said) {
        Path folder = into.toAbsolutePath().normalize().resolve(recipe.name());
        if (Files.exists(folder) && !(replace && Files.exists(folder.resolve("project.json")))) {
            throw Problem.of("sample.already-exists", folder);
        }
        Path making = folder.resolveSibling("." + recipe.name() + ".making");
        SampleMaker.remove(making);
        try {
            Path project = making.resolve("project");
            Files.createDirectories(project);
            Backend backend = Backend.start("cpu", threads);
            new SampleMaker(recipe, seed, backend, engine, said, project, making.resolve("scratch")).make();
            SampleMaker.remove(folder);
            Files.move(project, folder);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(folder, e);
        } finally {
            SampleMaker.remove(making);
        }
        return folder;
    }
}
