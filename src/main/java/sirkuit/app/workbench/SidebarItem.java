package sirkuit.app.workbench;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sirkuit.Problem;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Moments;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskWords;
import sirkuit.app.runs.RunModel;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.Project;

/// A line of the sidebar.
public sealed interface SidebarItem {
    /// The text of the line.
    String words();

    /// The tooltip; empty for none.
    default String more() {
        return "";
    }

    /// The name of a group of lines.
    record Section(String words) implements SidebarItem {}

    /// Information only.
    record Fact(String words, String more) implements SidebarItem {}

    /// The checkpoint. Selecting it asks the engine again if it has not answered.
    record Checkpoint(String words, String more) implements SidebarItem {}

    /// The original checkpoint. Selecting it makes it the project's checkpoint again.
    record Original(String words, String more) implements SidebarItem {}

    /// Saved scores.
    record Scores(String id) implements SidebarItem {
        private static final Pattern ID = Pattern.compile("(.+)-(\\d{8}-\\d{6})(?:-\\d+)?");
        private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
        private static final DateTimeFormatter BOTH = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ROOT);

        @Override
        public String words() {
            return words(LocalDate.now(ZoneId.systemDefault()));
        }

        /// `cdt-20260131-174502` is shown as `CD-T, 17:45` on that day and as `CD-T, 31 Jan` later; the tooltip has
        /// both.
        String words(LocalDate today) {
            return titled(made -> Moments.brief(made, today));
        }

        @Override
        public String more() {
            return titled(made -> BOTH.withLocale(Words.locale()).format(made));
        }

        private String titled(Function<LocalDateTime, String> when) {
            Matcher parts = ID.matcher(id);
            try {
                if (id.endsWith(Project.PRECOMPUTED)) {
                    String method = id.substring(0, id.length() - Project.PRECOMPUTED.length());
                    return MethodWords.shortName(ScoreMethod.of(method)) + ", " + Words.of("shell.precomputed");
                }
                return parts.matches()
                        ? MethodWords.shortName(ScoreMethod.of(parts.group(1))) + ", "
                                + when.apply(LocalDateTime.parse(parts.group(2), STAMP))
                        : id;
            } catch (Problem | DateTimeParseException unknown) {
                return id;
            }
        }
    }

    /// A saved mask.
    record Mask(String name) implements SidebarItem {
        @Override
        public String words() {
            return MaskWords.saved(name);
        }
    }

    /// A study, which stands for its runs.
    record Study(String words) implements SidebarItem {
        @Override
        public String more() {
            return Words.of("runs.study.heading");
        }
    }

    /// A run that is not part of a study, or the study of one that is.
    static SidebarItem of(RunModel run) {
        String study = run.study();
        return study == null ? new Run(run) : new Study(study);
    }

    /// A run, live or reopened.
    record Run(RunModel run) implements SidebarItem {
        @Override
        public String words() {
            return run.name();
        }

        @Override
        public String more() {
            return run.precomputed() ? run.name() + ", " + Words.of("shell.precomputed") : run.id();
        }
    }
}
