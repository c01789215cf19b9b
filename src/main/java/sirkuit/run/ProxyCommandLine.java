package sirkuit.run;

import java.util.List;
import sirkuit.CommaList;
import sirkuit.record.DataFile;
import sirkuit.record.ProxyRecord;
import sirkuit.record.RunConfig;

/// The `sirkuit proxy` command that makes a proxy again, for people to copy.
final class ProxyCommandLine {
    private ProxyCommandLine() {}

    /// @return one option a line
    static List<String> of(RunConfig run, ProxyRecord proxy) {
        OptionLines lines = new OptionLines(TuneCommandLine::named);
        lines.path("--base", proxy.base());
        lines.add("--labels", CommaList.joined(proxy.labels()));
        lines.path("--train", run.train().file());
        DataFile valid = run.data().valid();
        if (valid != null) {
            lines.path("--valid", valid.file());
        }
        lines.unless(null, "--keep-aside", run.data().validShare());
        lines.path("--test", run.targetEval().file());
        lines.unless(null, "--source", run.target());
        lines.columns(run.train());
        lines.unless(null, "--filter", run.train().filter());
        lines.labelMap("--label-map", run.train());
        TuneCommandLine.settings(lines, run.settings());
        TuneCommandLine.course(lines, run.course());
        lines.add("--out", "proxy");
        return lines.lines();
    }
}
