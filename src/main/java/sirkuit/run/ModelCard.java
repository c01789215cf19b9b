package sirkuit.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Version;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.record.GuessedNames;
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
        String base = CardParts.baseModel(run.checkpoint());
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
        CardParts.row(text, target, "before", outcome.before().target());
        CardParts.row(text, target, "after", outcome.after().target());
        CardParts.row(text, source, "before", outcome.before().source());
        CardParts.row(text, source, "after", outcome.after().source());
        outcome.after().watched().forEach((name, figure) -> {
            CardParts.row(
                    text,
                    Markdown.text(name),
                    "before",
                    outcome.before().watched().get(name));
            CardParts.row(text, Markdown.text(name), "after", figure);
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
        outcome.notes().forEach(note -> lines.add("- Noted by the run: " + CardParts.shortened(run, note)));
        return String.join("\n", lines) + "\n";
    }
}
