package sirkuit.app.preferences;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.app.data.TypedPath;
import sirkuit.app.look.Theme;
import sirkuit.engine.EngineCommand;

/// What is remembered between sessions, in `preferences.json`. Every field may be missing, because older files lack the
/// fields of later versions. Unknown fields are ignored.
///
/// @param theme         null to follow the system
/// @param recent        folders of projects, latest first
/// @param engineCommand how an engine is started; null for this program's own
/// @param textPercent   size of the texts, of what they are by themselves; null for 100
/// @param language      `en` or `id`; null for the system's
/// @param device        of this program's own engine; null for `auto`
/// @param threads       of this program's own engine; null for all cores
/// @param memory        largest size of Java's memory in this program's own engine, in MB; null for its default
/// @param recentActions ids of what was done from the palette, latest first
/// @param hub           address of the hub that checkpoints are fetched from; null for the environment's
/// @param layout        what is put away and how it is coloured; null for nothing
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Preferences(
        @Nullable Theme theme,
        @Nullable List<String> recent,
        @Nullable List<String> engineCommand,
        @Nullable Integer textPercent,
        @Nullable String language,
        @Nullable String device,
        @Nullable Integer threads,
        @Nullable Integer memory,
        @Nullable List<String> recentActions,
        @Nullable String hub,
        @Nullable Layout layout) {
    private static final int MOST_RECENT = 8;

    public static final int SMALLEST_TEXT = 100;
    public static final int LARGEST_TEXT = 200;
    public static final int LEAST_MEMORY = 256;

    public static final Preferences NONE = new Preferences(null, null, null);

    /// The fields of earlier versions.
    public Preferences(@Nullable Theme theme, @Nullable List<String> recent, @Nullable List<String> engineCommand) {
        this(theme, recent, engineCommand, null, null, null, null, null, null, null, null);
    }

    /// With nothing hidden.
    public Preferences(
            @Nullable Theme theme,
            @Nullable List<String> recent,
            @Nullable List<String> engineCommand,
            @Nullable Integer textPercent,
            @Nullable String language,
            @Nullable String device,
            @Nullable Integer threads,
            @Nullable Integer memory,
            @Nullable List<String> recentActions) {
        this(theme, recent, engineCommand, textPercent, language, device, threads, memory, recentActions, null, null);
    }

    /// Which parts of an open project are hidden, and how its heatmap is coloured.
    ///
    /// @param runsBelow   the runs are below the other views, and not a tab beside them
    /// @param stepsHidden the four steps have been dismissed
    /// @param colours     name of the scale that colours the heatmap; null before one was chosen
    /// @param sidebarFolded the user has folded the panel on the left; null for not
    /// @param sideFolded  the user has folded the panel on the right; null for not
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Layout(
            boolean runsBelow,
            boolean stepsHidden,
            @Nullable String colours,
            @Nullable Boolean sidebarFolded,
            @Nullable Boolean sideFolded) {
        /// With no panel folded.
        public Layout(boolean runsBelow, boolean stepsHidden, @Nullable String colours) {
            this(runsBelow, stepsHidden, colours, null, null);
        }
    }

    public Layout arranged() {
        return layout == null ? new Layout(false, false, null) : layout;
    }

    /// The folder of the preferences: the property `sirkuit.config` or the variable `SIRKUIT_HOME` if one is set,
    /// otherwise the system's usual place.
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

    /// Damaged preferences do not stop the program: it uses the defaults.
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

    /// Text size in percent of normal, within the bounds.
    public int textSize() {
        return textPercent == null ? SMALLEST_TEXT : Math.clamp(textPercent, SMALLEST_TEXT, LARGEST_TEXT);
    }

    /// How the window's engine is started.
    public EngineCommand engine() {
        if (engineCommand != null && !engineCommand.isEmpty()) {
            return new EngineCommand(engineCommand);
        }
        return EngineCommand.ofThisProgram(
                device == null || device.isBlank() ? "auto" : device,
                threads == null || threads < 1 ? OptionalInt.empty() : OptionalInt.of(threads),
                memory == null ? EngineCommand.DEFAULT_HEAP : Math.max(LEAST_MEMORY, memory));
    }

    /// The recent projects that still exist.
    public List<Path> recentProjects() {
        return recent == null
                ? List.of()
                : recent.stream()
                        .map(TypedPath::of)
                        .filter(Objects::nonNull)
                        .filter(p -> Files.exists(p.resolve("project.json")))
                        .toList();
    }

    public Preferences withTheme(@Nullable Theme other) {
        return new Preferences(
                other,
                recent,
                engineCommand,
                textPercent,
                language,
                device,
                threads,
                memory,
                recentActions,
                hub,
                layout);
    }

    public Preferences withText(int percent) {
        return new Preferences(
                theme, recent, engineCommand, percent, language, device, threads, memory, recentActions, hub, layout);
    }

    public Preferences withLanguage(@Nullable String other) {
        return new Preferences(
                theme, recent, engineCommand, textPercent, other, device, threads, memory, recentActions, hub, layout);
    }

    public Preferences withEngine(
            @Nullable List<String> command,
            @Nullable String onDevice,
            @Nullable Integer withThreads,
            @Nullable Integer withMemory) {
        return new Preferences(
                theme,
                recent,
                command,
                textPercent,
                language,
                onDevice,
                withThreads,
                withMemory,
                recentActions,
                hub,
                layout);
    }

    public Preferences withLayout(Layout now) {
        return new Preferences(
                theme, recent, engineCommand, textPercent, language, device, threads, memory, recentActions, hub, now);
    }

    public Preferences withRecentActions(List<String> ids) {
        return new Preferences(
                theme, recent, engineCommand, textPercent, language, device, threads, memory, ids, hub, layout);
    }

    public Preferences withRecent(Path project) {
        List<String> all = new ArrayList<>(recent == null ? List.of() : recent);
        all.remove(project.toString());
        all.addFirst(project.toString());
        return new Preferences(
                theme,
                all.subList(0, Math.min(MOST_RECENT, all.size())),
                engineCommand,
                textPercent,
                language,
                device,
                threads,
                memory,
                recentActions,
                hub,
                layout);
    }

    public Preferences withHub(@Nullable String address) {
        return new Preferences(
                theme,
                recent,
                engineCommand,
                textPercent,
                language,
                device,
                threads,
                memory,
                recentActions,
                address,
                layout);
    }

    private static Path file(Path folder) {
        return folder.resolve("preferences.json");
    }
}
