package sirkuit.project;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Problem;
import sirkuit.record.Paths;

/// Visits everything in a folder, without following links. A walk that stopped half-way could miss what it must find,
/// so a folder with too many files is refused.
public final class FolderWalk {
    static final int MOST = 200_000;
    private static final Logger LOG = LoggerFactory.getLogger(FolderWalk.class);

    private FolderWalk() {}

    /// Links that leave a folder, with their real targets. Links that lead nowhere are left out.
    ///
    /// @param folder folder with the links
    /// @param home   folder that they leave; a real path
    /// @param most   maximum number of files and folders
    /// @throws Problem when there are more
    public static Map<Path, Path> linksOut(Path folder, Path home, int most) {
        Map<Path, Path> out = new TreeMap<>();
        files(folder, most, (file, attributes) -> {
            Path real = attributes.isSymbolicLink() && Files.exists(file) ? Paths.real(file) : null;
            if (real != null && !real.startsWith(home)) {
                out.put(file, real);
            }
        });
        return out;
    }

    /// @param most maximum number of files and folders
    /// @throws Problem when there are more
    static void files(Path folder, int most, BiConsumer<Path, BasicFileAttributes> visit) {
        int[] visited = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                    return count();
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    visit.accept(file, attributes);
                    return count();
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // what cannot be listed cannot be read either
                }

                private FileVisitResult count() {
                    if (++visited[0] > most) {
                        throw Problem.of("project.too-many-files", folder, String.format(Locale.ROOT, "%,d", most));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.info("{} cannot be listed: {}", folder, e.toString());
        }
    }
}
