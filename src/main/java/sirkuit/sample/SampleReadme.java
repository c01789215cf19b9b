package sirkuit.sample;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sirkuit.AtomicFile;

/// The pages of a sample: the `README.md` of the project and of its checkpoint.
///
/// @param outcomes the first is the checkpoint before any run
record SampleReadme(Recipe recipe, long seed, List<SampleMaker.Outcome> outcomes) {
    void write(Path folder) {
        AtomicFile.write(folder.resolve("README.md"), project());
        AtomicFile.write(folder.resolve("checkpoint").resolve("README.md"), checkpoint());
    }

    private String command() {
        return "sirkuit make-samples --seed " + seed + " --only " + recipe.name() + " OUT";
    }

    private String project() {
        Recipe.Training runs = recipe.runs().training();
        return String.join(
                "\n",
                "# " + recipe.title(),
                "",
                recipe.about(),
                "",
                "Open this folder with `sirkuit open`. One command made everything in it: `" + command() + "`.",
                "On one machine, the same seed gives the same files. The texts come from word lists and grammars that were"
                        + " written by hand",
                "for this program. The column `gloss` gives each text in English. Scores, masks and runs are"
                        + " **pre-computed** by the engine.",
                "Times are left out of them, so that the files stay the same.",
                "",
                table(),
                "",
                "All runs but the last: " + runs.epochs() + " epochs, batches of " + runs.batchSize()
                        + ", learning rate " + runs.learningRate()
                        + ", one seed. The last run is a control: full fine-tuning",
                "at the program's default learning rate. It shows how much of the forgetting comes from the high rate.",
                "");
    }

    private String table() {
        return "| | " + recipe.target().title() + ", test | " + recipe.source().title() + ", test |\n|---|---|---|\n"
                + outcomes.stream()
                        .map(o -> "| " + o.name() + " | " + percent(o.target().accuracy()) + " | "
                                + percent(o.source().accuracy()) + " |")
                        .collect(Collectors.joining("\n"));
    }

    private String checkpoint() {
        SampleMaker.Outcome before = outcomes.getFirst();
        Architecture a = recipe.architecture();
        Recipe.Pretraining p = recipe.language();
        return String.join(
                "\n",
                "---",
                "license: apache-2.0",
                "library_name: transformers",
                "tags: [sirkuit, sample]",
                "---",
                "# " + recipe.title() + ": the checkpoint",
                "",
                "A toy model, to show how the program works with a checkpoint. It knows only the words and constructions"
                        + " of a small",
                "grammar. Its answers to other texts mean nothing. Do not use it for anything else.",
                "",
                "- " + (a.decoder() ? "Llama language model" : "BERT classifier") + ", " + a.layers() + " layers of "
                        + a.heads() + " heads, width " + a.hidden() + ", "
                        + recipe.grammar().words().size()
                        + " words and the letters; F16.",
                "- Started from random weights (seed " + seed + "), pre-trained for " + p.steps() + " steps of "
                        + p.batchSize() + " texts on generated, unlabelled",
                "  texts in " + recipe.spoken().stream().map(Language::title).collect(Collectors.joining(", ")) + " ("
                        + p.texts().stream().map(Object::toString).collect(Collectors.joining(", ")) + " texts; "
                        + percent(p.mixed()) + " % of the words taken from another of these languages),",
                "  guessing " + (a.decoder() ? "the next word." : "masked words."),
                "- Then fine-tuned for the task on " + recipe.sizes().sourceTrain() + " labelled texts in "
                        + recipe.source().title() + ", and in no other language.",
                "- Accuracy: " + recipe.source().title() + " "
                        + percent(before.source().accuracy()) + " %, "
                        + recipe.target().title() + " "
                        + percent(before.target().accuracy()) + " % (held-out texts, half of them with words or"
                        + " constructions that no",
                "  labelled training text has).",
                "- Made by Sirkuit's own transformer, optimizer and trainer: `" + command() + "`.",
                "");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
