package sirkuit.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Version;
import sirkuit.WilsonInterval;
import sirkuit.dataset.table.RowFilter;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.record.DataFile;
import sirkuit.record.GuessedNames;
import sirkuit.record.Replay;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;

/// The `README.md` of an exported checkpoint, with the front matter that the Hugging Face hub reads.
///
/// @param run     what was asked for
/// @param outcome its result
/// @param base    digest of the checkpoint it started from; null when the run does not know it
/// @param result  digest of what is exported
/// @param tokenizer digest of what decides the tokens of both
/// @param rounded whether differences were rounded on the way
public record ModelCard(
        RunConfig run, RunOutcome outcome, @Nullable String base, String result, String tokenizer, boolean rounded) {
    /// The card, in Markdown.
    public String text() {
        String base = baseModel(run.checkpoint());
        // The name "run" means nothing on a hub.
        String name = base + ", fine-tuned" + (run.name().isBlank() ? "" : " (" + run.name() + ")");
        return String.join(
                "\n",
                frontMatter(base),
                "# " + Markdown.text(name),
                "",
                "Masked fine-tuning (CT-SFT, [arXiv 2601.08146](https://arxiv.org/abs/2601.08146)) of "
                        + Markdown.text(base) + ", made by Sirkuit.",
                "",
                learnt(),
                "",
                trained(),
                figures(),
                DataTable.of(run, outcome.examples()),
                settings(),
                provenance(),
                again(),
                limits());
    }

    private String frontMatter(String base) {
        List<String> lines = new ArrayList<>(List.of("---", "base_model: " + Markdown.yaml(base)));
        String language = language();
        if (language != null) {
            lines.add("language: " + Markdown.yaml(language));
        }
        boolean generates = run.prompt() != null && run.prompt().verbalizer() != null;
        lines.addAll(List.of(
                "library_name: transformers",
                "pipeline_tag: " + (generates ? "text-generation" : "text-classification"),
                "metrics: [accuracy, f1]",
                "tags: [sirkuit, ct-sft, masked-fine-tuning]",
                "---",
                ""));
        return String.join("\n", lines);
    }

    /// `owner/name` if the path is in the hub's cache, otherwise the folder's name in characters that the hub
    /// allows.
    static String baseModel(String checkpoint) {
        Path folder = Path.of(checkpoint);
        for (Path part : folder) {
            String[] names = part.toString().split("--", 3);
            if (names.length == 3 && names[0].equals("models")) {
                return allowed(names[1]) + "/" + allowed(names[2]);
            }
        }
        return folder.getFileName() == null
                ? "base"
                : allowed(folder.getFileName().toString());
    }

    private static String allowed(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        return letters.isEmpty() ? "base" : letters.substring(0, Math.min(96, letters.length()));
    }

    /// The language that the target texts were filtered by, if they were.
    private @Nullable String language() {
        if (run.train().filter() == null) {
            return null;
        }
        RowFilter filter = RowFilter.parse(run.train().filter());
        return filter.column().toLowerCase(Locale.ROOT).startsWith("lang")
                        && filter.value().matches("[a-z]{2,3}")
                ? filter.value()
                : null;
    }

    /// The run's own record, whatever a project has chosen since.
    private RunTexts texts() {
        return outcome.texts() == null ? RunTexts.of(run, GuessedNames.byName()) : outcome.texts();
    }

    private String learnt() {
        RunTexts texts = texts();
        return "Learned: " + Markdown.text(texts.target())
                + (texts.source() == null ? "." : "; source: " + Markdown.text(texts.source()) + ".")
                + (texts.told() ? "" : " (The run does not say so: the names are taken from its files.)");
    }

    private String trained() {
        StringBuilder text = new StringBuilder("## What was trained\n\n");
        HeadMask mask = run.mask();
        text.append(String.format(Locale.ROOT, "%,d of %,d parameters: ", outcome.trainable(), outcome.parameters()));
        if (run.what() == RunConfig.Trained.FULL) {
            return text.append("every parameter.\n").toString();
        }
        text.append(subject()).append(" Every other value is the base's, bit for bit.\n");
        if (mask == null || mask.size() == 0) {
            return text.toString();
        }
        text.append("\nHeads (").append(Markdown.text(mask.madeBy())).append("), trained ones as ●:\n\n| layer |");
        for (int h = 0; h < mask.heads(); h++) {
            text.append(" ").append(h).append(" |");
        }
        text.append("\n|---|").append("---|".repeat(mask.heads())).append("\n");
        for (int l = 0; l < mask.layers(); l++) {
            text.append("| ").append(l).append(" |");
            for (int h = 0; h < mask.heads(); h++) {
                text.append(mask.contains(l, h) ? " ● |" : " |");
            }
            text.append("\n");
        }
        return text.toString();
    }

    private String subject() {
        RunConfig.Parameters p = run.parameters();
        String classifier = p.trainHead() ? ", the classifier." : ".";
        return switch (p.what()) {
            case FULL -> "every parameter.";
            case BIASES -> "every bias of the transformer (BitFit), no weight" + classifier;
            case TOP_LAYERS -> "everything in the last " + layers(p.topLayers()) + " and what comes after.";
            case MASK -> heads(p.mask()) + (p.norms() ? ", the norms" : ", no norms") + classifier;
        };
    }

    private static String layers(@Nullable Integer count) {
        return count == null || count == 1 ? "layer" : count + " layers";
    }

    private static String heads(@Nullable HeadMask mask) {
        return mask == null
                ? "no attention head"
                : mask.size() + (mask.size() == 1 ? " attention head" : " attention heads");
    }

    private String figures() {
        StringBuilder text = new StringBuilder("## Figures\n\n"
                + "| texts | | number | accuracy, % | 95 % interval | macro-F1, % |\n|---|---|---|---|---|---|\n");
        RunTexts texts = texts();
        String target = "target: " + Markdown.text(texts.target());
        String source = "source: " + Markdown.text(String.valueOf(texts.source()));
        row(text, target, "before", outcome.before().target());
        row(text, target, "after", outcome.after().target());
        row(text, source, "before", outcome.before().source());
        row(text, source, "after", outcome.after().source());
        outcome.after().watched().forEach((name, figure) -> {
            row(text, Markdown.text(name), "before", outcome.before().watched().get(name));
            row(text, Markdown.text(name), "after", figure);
        });
        Double points = outcome.forgetting();
        text.append(
                points == null
                        ? "\nSource texts were not watched: what was forgotten is not known.\n"
                        : String.format(
                                Locale.ROOT,
                                "\nForgotten: %.1f percentage points of source accuracy%s.\n",
                                points,
                                points < 0 ? " (negative: it rose)" : ""));
        text.append(String.format(
                Locale.ROOT, "The values are those of step %d of %d.", outcome.keptStep(), outcome.steps()));
        String chosen = run.hasValid()
                ? "A valid split chose this step. The target texts chose nothing."
                : ChosenOn.of(run).sentence();
        text.append(chosen == null ? "" : " " + chosen);
        return text.append(
                        rounded
                                ? " Differences from the base were rounded to ten bits afterwards; the figures are those"
                                        + " before that.\n"
                                : "\n")
                .toString();
    }

    private static void row(StringBuilder text, String texts, String when, RunOutcome.@Nullable Figure figure) {
        if (figure != null) {
            WilsonInterval interval = WilsonInterval.of(figure.accuracy(), figure.examples());
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %.1f | %.1f to %.1f | %.1f |\n",
                    texts,
                    when,
                    figure.examples(),
                    percent(figure.accuracy()),
                    percent(interval.low()),
                    percent(interval.high()),
                    percent(figure.macroF1())));
        }
    }

    /// Rounded to a tenth, so that 207 of 400 gives 51.8 and not 51.7, which the nearest binary number would give.
    private static double percent(double share) {
        return Math.round(1000 * share) / 10.0;
    }

    private String settings() {
        RunConfig.Settings s = run.settings();
        return String.join(
                "\n",
                "## Settings",
                "",
                "AdamW, linear warm-up, then " + schedule() + ". Epochs " + s.epochs() + ", batch " + s.batchSize()
                        + " x "
                        + s.accumulate() + ", learning rate " + s.learningRate() + ", weight decay "
                        + s.optimizer().weightDecay() + ", warm-up "
                        + s.optimizer().warmup() + ", clipping " + s.optimizer().clip() + kept() + ", dropout "
                        + (s.dropout() == null ? "the checkpoint's" : s.dropout()) + ", patience "
                        + (s.patience() == 0 ? "none" : s.patience()) + ", forgetting allowed "
                        + (run.course().maxForgetting() == null
                                ? "any"
                                : run.course().maxForgetting() + " points")
                        + ", batches " + (run.course().bucketed() ? "of like length" : "as drawn") + ", at most "
                        + s.maxLength()
                        + " tokens, seed " + s.seed()
                        + (run.course().activationCheckpointing() ? ", layers computed again on the way back" : "")
                        + ".",
                String.format(Locale.ROOT, "%d steps, %.0f seconds.", outcome.steps(), outcome.seconds()),
                "");
    }

    /// What holds on to the source.
    private String kept() {
        Double l2sp = run.settings().optimizer().l2sp();
        Replay replay = run.data().replay();
        return (l2sp == null ? "" : ", L2-SP " + l2sp)
                + (replay == null ? "" : ", replay of source texts " + replay.share() + " of each step");
    }

    private String schedule() {
        return switch (run.course().schedule()) {
            case LINEAR -> "linear decay";
            case COSINE -> "cosine decay";
            case CONSTANT -> "constant";
        };
    }

    private String provenance() {
        List<String> lines = new ArrayList<>(List.of(
                "## Provenance",
                "",
                "Exported with Sirkuit " + Version.current()
                        + ". Digests (SHA-256): of a checkpoint over `config.json` and the tensors; of the tokenizer over"
                        + " what decides its tokens.",
                "",
                "| what | digest |",
                "|---|---|",
                "| base | " + (base == null ? "not known: the version that made the run did not note it" : base) + " |",
                "| this one | " + result + " |",
                "| tokenizer of both | " + tokenizer + " |",
                ""));
        if (outcome.provenance().isEmpty()) {
            lines.addAll(List.of("What computed the run is not known: the version that made it did not note it.", ""));
        }
        for (int i = 0; i < outcome.provenance().size(); i++) {
            String what = i == 0 ? "The run was computed by " : "It was resumed by ";
            lines.addAll(
                    List.of(what + Markdown.text(outcome.provenance().get(i).words()) + ".", ""));
        }
        List<String> data = run.files().keySet().stream()
                .filter(texts().digests()::containsKey)
                .map(role ->
                        "| " + Markdown.text(role) + " | " + texts().digests().get(role) + " |")
                .toList();
        if (!data.isEmpty()) {
            lines.addAll(
                    List.of("Texts and labels as the run read them (SHA-256):", "", "| texts | digest |", "|---|---|"));
            lines.addAll(data);
            lines.add("");
        }
        return String.join("\n", lines);
    }

    private String again() {
        StringBuilder text = new StringBuilder("## Again\n\n");
        if (run.what() == RunConfig.Trained.MASK && run.mask() != null) {
            HeadMask mask = run.mask();
            HeadMask named =
                    new HeadMask(mask.layers(), mask.heads(), List.<Head>copyOf(mask.selected()), "model card");
            text.append("With this as `mask.json`:\n\n    ")
                    .append(Json.line(MaskFile.content(new MaskFile.Saved(named, base))))
                    .append("\n\n");
        }
        text.append("The same seed on the same machine gives the same values:\n\n    sirkuit tune");
        TuneCommandLine.of(run).forEach(option -> text.append(" \\\n        ").append(option));
        text.append("\n    sirkuit export --run run --out exported\n");
        String unsaid = TuneCommandLine.unsaid(run);
        return text.append(unsaid == null ? "" : "\n" + Markdown.whole(unsaid) + "\n")
                .toString();
    }

    private String limits() {
        List<String> lines = new ArrayList<>(List.of(
                "## Limits",
                "",
                "- One run with one seed: differences of two or three points are within its noise.",
                "- Measured on the texts above only. Other languages, domains and tasks of the base were not measured and"
                        + " may have become worse.",
                "- Texts are cut after " + run.settings().maxLength() + " tokens.",
                "- The licences and limits of the base checkpoint and of the data hold for this one too.",
                "- Trained heads are not shown to be the only ones that would do."));
        outcome.notes().forEach(note -> lines.add("- Noted by the run: " + Markdown.text(shortened(note))));
        return String.join("\n", lines) + "\n";
    }

    /// Shortens paths: notes have the full paths of the day the run was made.
    private String shortened(String note) {
        String text = note;
        for (DataFile data : run.files().values()) {
            String name = TuneCommandLine.named(data.file());
            String last = name.substring(name.lastIndexOf('/') + 1);
            text = text.replaceAll(
                    "(?<=^|\\s)([A-Za-z]:)?[/\\\\]((?!\\s[/\\\\]).)*?[/\\\\]" + Pattern.quote(last),
                    Matcher.quoteReplacement(last));
        }
        return text;
    }
}
