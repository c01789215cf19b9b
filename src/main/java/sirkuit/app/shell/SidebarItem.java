package sirkuit.app.shell;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sirkuit.Problem;
import sirkuit.app.look.MethodWords;
import sirkuit.app.runs.RunModel;
import sirkuit.mask.ScoreMethod;

/// A line of the sidebar.
sealed interface SidebarItem {
    /// What the line says.
    String words();

    /// What more there is to tell about it; empty for nothing.
    default String more() {
        return "";
    }

    /// The name of a group of lines.
    record Section(String words) implements SidebarItem {}

    /// Something to read only.
    record Fact(String words, String more) implements SidebarItem {}

    /// The checkpoint; choosing it asks the engine again when it has not answered.
    record Checkpoint(String words, String more) implements SidebarItem {}

    /// Scores that were saved.
    record Scores(String id) implements SidebarItem {
        private static final Pattern ID = Pattern.compile("(.+)-(\\d{8}-\\d{6})(?:-\\d+)?");
        private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
        private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

        /// `cdt-20260131-174502` is shown as `CD-T, 17:45`, with the day in the tooltip.
        @Override
        public String words() {
            Matcher parts = ID.matcher(id);
            try {
                return parts.matches()
                        ? MethodWords.shortName(ScoreMethod.of(parts.group(1))) + ", " + clock(parts.group(2))
                        : id;
            } catch (Problem unknownMethod) {
                return id;
            }
        }

        private static String clock(String stamp) {
            return stamp.substring(9, 11) + ":" + stamp.substring(11, 13);
        }

        @Override
        public String more() {
            Matcher parts = ID.matcher(id);
            try {
                return parts.matches()
                        ? LocalDateTime.parse(parts.group(2), STAMP).format(SHOWN)
                        : id;
            } catch (DateTimeParseException notATime) {
                return id;
            }
        }
    }

    /// A mask that was saved by name.
    record Mask(String name) implements SidebarItem {
        @Override
        public String words() {
            return name;
        }
    }

    /// A run, live or reopened.
    record Run(RunModel run) implements SidebarItem {
        @Override
        public String words() {
            return run.name();
        }

        @Override
        public String more() {
            return run.id();
        }
    }
}
