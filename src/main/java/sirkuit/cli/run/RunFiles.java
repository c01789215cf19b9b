package sirkuit.cli.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Printable;
import sirkuit.Problem;
import sirkuit.cli.shared.Options;
import sirkuit.project.OutsideSearch;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;
import sirkuit.run.check.FileCheck;
import sirkuit.run.state.RunState;

/// `sirkuit runs --check`: whether the files of each run are still the same.
final class RunFiles {
    private final Options.Outside outside;
    private final FileCheck check = new FileCheck();
    private boolean allSame = true;

    RunFiles(Options.Outside outside) {
        this.outside = outside;
    }

    /// Whether every file that was checked is the same, and every file could be checked.
    boolean allSame() {
        return allSame;
    }

    /// Records that a run cannot be read, and so cannot be checked.
    void damaged() {
        allSame = false;
    }

    /// The result for one run.
    ///
    /// @param recorded whether the run has a provenance
    /// @param files    their current state
    /// @param why      why they were not checked; null if they were
    record Answer(
            boolean recorded,
            List<FileCheck.Checked> files,
            @Nullable String why) {
        /// For scripts.
        Map<String, Object> row() {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("recorded", recorded);
            row.put(
                    "files",
                    files.stream()
                            .map(f -> Map.of(
                                    "role",
                                    f.role(),
                                    "file",
                                    f.file(),
                                    "state",
                                    f.now().id()))
                            .toList());
            if (why != null) {
                row.put("why", why);
            }
            return row;
        }

        /// Prints one line for each file that is not the same.
        void print() {
            if (why != null) {
                System.out.println("    files not checked: " + Printable.line(why));
            } else if (!recorded) {
                System.out.println("    files: no provenance; an older version made the run");
            } else if (files.stream().allMatch(f -> f.now() == FileCheck.Now.SAME)) {
                System.out.println("    files: all the same");
            }
            files.stream()
                    .filter(f -> f.now() != FileCheck.Now.SAME)
                    .forEach(f -> System.out.println(
                            "    " + f.now().id() + ": " + Printable.line(f.role() + " (" + f.file() + ")")));
        }
    }

    Answer of(RunFolder folder, RunState state) {
        if (state.provenance().isEmpty()) {
            return new Answer(false, List.of(), null);
        }
        try {
            RunConfig config = folder.config();
            outside.require(OutsideSearch.ofRun(folder, config));
            List<FileCheck.Checked> files = check.of(state.provenance().getFirst(), config);
            allSame &= files.stream().allMatch(f -> f.now() == FileCheck.Now.SAME);
            return new Answer(true, files, null);
        } catch (Problem e) {
            allSame = false;
            return new Answer(true, List.of(), e.what() + " " + e.remedy());
        }
    }
}
