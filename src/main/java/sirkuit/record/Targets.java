package sirkuit.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Problem;

/// The list of a project's targets.
final class Targets {
    private Targets() {}

    /// All targets of a project file. The one to learn now is also on its own in the file; if the list has another text
    /// for it, that on its own counts.
    ///
    /// @param now the target to learn now; null for none
    /// @param all as the file lists them; null for none
    /// @throws Problem when two have the same name
    static List<ProjectFile.Language> of(ProjectFile.@Nullable Language now, @Nullable List<ProjectFile.Language> all) {
        List<ProjectFile.Language> found = new ArrayList<>(all == null ? List.of() : all);
        Set<String> names = new HashSet<>();
        for (ProjectFile.Language one : found) {
            if (!names.add(Json.given(one, "targets").name().strip().toLowerCase(Locale.ROOT))) {
                throw Problem.of("project.target-exists", one.name());
            }
        }
        if (now != null) {
            found.replaceAll(t -> t.isNamed(now.name()) ? now : t);
            if (!found.contains(now)) {
                found.addFirst(now);
            }
        }
        return List.copyOf(found);
    }

    /// Another target in the place of one; at the end if that is not in the list.
    ///
    /// @param was null for none
    /// @param now null to remove it
    static List<ProjectFile.Language> replaced(
            List<ProjectFile.Language> all, ProjectFile.@Nullable Language was, ProjectFile.@Nullable Language now) {
        List<ProjectFile.Language> found = new ArrayList<>(all);
        int at = was == null ? -1 : found.indexOf(was);
        if (at >= 0) {
            found.remove(at);
        }
        if (now != null) {
            found.add(at < 0 ? found.size() : at, now);
        }
        return found;
    }
}
