package sirkuit.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Version;
import sirkuit.protocol.Quality;
import sirkuit.record.GuessedNames;
import sirkuit.record.ProxyRecord;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;

/// The `README.md` of a proxy, with the front matter that the Hugging Face hub reads.
///
/// @param run       what was asked for
/// @param proxy     the base it is made from
/// @param outcome   the result of the run
/// @param keptEpoch where the kept step is, in epochs
/// @param valid     how good that step is on the valid split, which chose it; null without one
/// @param result    digest of the proxy
/// @param tokenizer digest of what decides the tokens
public record ProxyCard(
        RunConfig run,
        ProxyRecord proxy,
        RunOutcome outcome,
        double keptEpoch,
        @Nullable Quality valid,
        String result,
        String tokenizer) {
    /// The card, in Markdown.
    public String text() {
        String base = CardParts.baseModel(proxy.base());
        return String.join(
                "\n",
                frontMatter(base),
                "# " + Markdown.text(base + " for " + texts().target()),
                "",
                "A classifier made from the base model " + Markdown.text(base)
                        + " by full fine-tuning, with Sirkuit. Its" + " classes: "
                        + Markdown.whole(String.join(", ", proxy.labels())) + ".",
                "",
                trained(),
                figures(),
                DataTable.ofProxy(run, outcome.examples()),
                CardParts.settings(run, outcome),
                provenance(),
                again(),
                limits());
    }

    private String frontMatter(String base) {
        List<String> lines = new ArrayList<>(List.of("---", "base_model: " + Markdown.yaml(base)));
        String language = CardParts.language(run);
        if (language != null) {
            lines.add("language: " + Markdown.yaml(language));
        }
        lines.addAll(List.of(
                "library_name: transformers",
                "pipeline_tag: text-classification",
                "metrics: [accuracy, f1]",
                "tags: [sirkuit]",
                "---",
                ""));
        return String.join("\n", lines);
    }

    private RunTexts texts() {
        return outcome.texts() == null ? RunTexts.of(run, GuessedNames.byName()) : outcome.texts();
    }

    private String trained() {
        return String.format(
                        Locale.ROOT,
                        "## What was trained%n%nAll %,d parameters. These were not in the base model and began with random"
                                + " numbers: %s.%n",
                        outcome.parameters(),
                        String.join(
                                ", ",
                                proxy.fresh().stream().map(n -> "`" + n + "`").toList()))
                .replace("\r", "");
    }

    private String figures() {
        StringBuilder text = new StringBuilder("## Figures\n\n"
                + "| texts | | number | accuracy, % | 95 % interval | macro-F1, % |\n|---|---|---|---|---|---|\n");
        if (valid != null) {
            RunOutcome.Figure figure = new RunOutcome.Figure(valid.examples(), valid.accuracy(), valid.macroF1());
            CardParts.row(text, "valid split, which chose the epoch", "after", figure);
        }
        CardParts.row(text, "test texts", "after", outcome.after().target());
        return text.append(String.format(
                        Locale.ROOT,
                        "\nThe values are those of step %d of %d (epoch %.3g of %d).",
                        outcome.keptStep(),
                        outcome.steps(),
                        keptEpoch,
                        run.settings().epochs()))
                .append(
                        valid == null
                                ? "\n"
                                : " The valid split chose this step, so its accuracy is likely too high. The test texts"
                                        + " chose nothing.\n")
                .append(outcome.keptStep() > 0 ? "" : "No later step was better: nothing was learnt.\n")
                .toString();
    }

    private String provenance() {
        List<String> lines = new ArrayList<>(List.of(
                "## Provenance",
                "",
                "Made with Sirkuit " + Version.current()
                        + ". Digests (SHA-256): of a checkpoint over `config.json` and the tensors; of the tokenizer over"
                        + " what decides its tokens.",
                "",
                "| what | digest |",
                "|---|---|",
                "| base | " + proxy.baseDigest() + " |",
                "| this one | " + result + " |",
                "| tokenizer of both | " + tokenizer + " |",
                ""));
        for (int i = 0; i < outcome.provenance().size(); i++) {
            String what = i == 0 ? "The run was computed by " : "It was resumed by ";
            lines.addAll(
                    List.of(what + Markdown.text(outcome.provenance().get(i).words()) + ".", ""));
        }
        lines.addAll(
                List.of("Texts and labels as the run read them (SHA-256):", "", "| texts | digest |", "|---|---|"));
        texts().digests().forEach((role, digest) -> {
            if (run.files().containsKey(role)) {
                lines.add("| " + Markdown.text(role.equals("targetEval") ? "test" : role) + " | " + digest + " |");
            }
        });
        lines.add("");
        return String.join("\n", lines);
    }

    private String again() {
        return "## Again\n\nThe same seed on the same machine gives the same values:\n\n    "
                + String.join(
                        " \\\n        ",
                        Stream.concat(Stream.of("sirkuit proxy"), ProxyCommandLine.of(run, proxy).stream())
                                .toList())
                + "\n";
    }

    private String limits() {
        List<String> lines = new ArrayList<>(List.of(
                "## Limits",
                "",
                "- One run with one seed: differences of two or three points are within its noise.",
                "- Measured on the texts above only, not on other languages and domains.",
                "- Texts are cut after " + run.settings().maxLength() + " tokens.",
                "- The licences and limits of the base model and of the data hold for this one too."));
        outcome.notes().forEach(note -> lines.add("- Noted by the run: " + CardParts.shortened(run, note)));
        return String.join("\n", lines) + "\n";
    }
}
