import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the home of the JDK that builds the project, where the launcher looks when nothing else is found.
public final class BuiltWith {
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        Files.createDirectories(file.getParent());
        Files.writeString(file, System.getProperty("java.home") + "\n");
    }
}
