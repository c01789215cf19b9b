package sirkuit.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import sirkuit.Problem;
import sirkuit.RegularFile;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;

/// The part of a model card that says which files a run read, with their sizes and digests.
final class DataTable {
    private final StringBuilder text;

    /// @param when the files are read
    private DataTable(String when) {
        text = new StringBuilder("## Data\n\nThe files as they were " + when + ".\n\n"
                + "| what for | file | rows | bytes | SHA-256 |\n|---|---|---|---|---|\n");
    }

    /// @param examples texts that were trained on
    static String of(RunConfig run, int examples) {
        DataTable table = new DataTable("at export");
        table.row("training", run.train());
        table.row("target, test texts", run.targetEval());
        if (run.sourceEval() != null) {
            table.row("source, test texts", run.sourceEval());
        }
        if (run.data().replay() != null) {
            table.row("source, learned again", run.data().replay().texts());
        }
        run.watched().forEach((name, data) -> table.row(Markdown.text(name) + ", watched", data));
        return table.whole(run, examples);
    }

    /// The same for a proxy, which has no target.
    static String ofProxy(RunConfig run, int examples) {
        DataTable table = new DataTable("when the proxy was finished");
        table.row("training", run.train());
        DataFile valid = run.data().valid();
        if (valid != null) {
            table.row("valid split", valid);
        }
        table.row("test texts", run.targetEval());
        return table.whole(run, examples);
    }

    private String whole(RunConfig run, int examples) {
        return text.append("\n")
                .append(examples)
                .append(" texts were trained on")
                .append(run.settings().examples() > 0 ? ", a label-balanced subset.\n" : ".\n")
                .toString();
    }

    private void row(String use, DataFile data) {
        text.append("| ").append(use).append(" | ");
        text.append(Markdown.text(TuneCommandLine.named(data.file()))).append(" | ");
        text.append(data.filter() == null ? "all" : Markdown.text(data.filter()))
                .append(" | ");
        try (InputStream in = opened(Path.of(data.file()))) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            long bytes = new DigestInputStream(in, sha).transferTo(OutputStream.nullOutputStream());
            text.append(bytes)
                    .append(" | ")
                    .append(HexFormat.of().formatHex(sha.digest()))
                    .append(" |\n");
        } catch (IOException | Problem e) {
            text.append("| could not be read |\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Opens a regular file only. Opening a pipe or a device could block.
    private static InputStream opened(Path file) throws IOException {
        RegularFile.require(file);
        return Files.newInputStream(file);
    }
}
