package sirkuit.app.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.app.data.TypedPath;
import sirkuit.app.look.Theme;

/// What is remembered between sessions, in `preferences.json`.
///
/// @param recent        folders of projects, latest first
/// @param engineCommand how an engine is started; null for this program's own
public record Preferences(
        @Nullable Theme theme,
        @Nullable List<String> recent,
        @Nullable List<String> engineCommand) {
    private static final int MOST_RECENT = 8;

    public static final Preferences NONE = new Preferences(null, null, null);

    /// The folder they are kept in: the property `sirkuit.config` or the variable `SIRKUIT_HOME` when one is set,
    /// otherwise where the system keeps such things.
    public static Path folder() {
        String set = System.getProperty("sirkuit.config");
        return set != null ? Path.of(set) : folder(System.getenv());
    }

    static Path folder(Map<String, String> environment) {
        String home = environment.get("SIRKUIT_HOME");
        String xdg = environment.get("XDG_CONFIG_HOME");
        String appData = environment.get("APPDATA");
        if (home != null && !home.isBlank()) {
            return Path.of(home);
        }
        if (appData != null) {
            return Path.of(appData, "Sirkuit");
        }
        return xdg != null && !xdg.isBlank()
                ? Path.of(xdg, "sirkuit")
                : Path.of(System.getProperty("user.home"), ".config", "sirkuit");
    }

    /// Damaged preferences are no reason not to start: they begin anew.
    public static Preferences read(Path folder) {
        Path file = file(folder);
        try {
            return Files.exists(file) ? Json.read(file, Preferences.class) : NONE;
        } catch (Problem e) {
            return NONE;
        }
    }

    /// @throws Problem when they cannot be written
    public void write(Path folder) {
        AtomicFile.write(file(folder), Json.pretty(this));
    }

    public Theme themeOrLight() {
        return theme == null ? Theme.LIGHT : theme;
    }

    /// Those that are still there.
    public List<Path> recentProjects() {
        return recent == null
                ? List.of()
                : recent.stream()
                        .map(TypedPath::of)
                        .filter(Objects::nonNull)
                        .filter(p -> Files.exists(p.resolve("project.json")))
                        .toList();
    }

    public Preferences withTheme(Theme other) {
        return new Preferences(other, recent, engineCommand);
    }

    public Preferences withRecent(Path project) {
        List<String> all = new ArrayList<>(recent == null ? List.of() : recent);
        all.remove(project.toString());
        all.addFirst(project.toString());
        return new Preferences(theme, all.subList(0, Math.min(MOST_RECENT, all.size())), engineCommand);
    }

    private static Path file(Path folder) {
        return folder.resolve("preferences.json");
    }
}
