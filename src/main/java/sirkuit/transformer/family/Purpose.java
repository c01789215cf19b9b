package sirkuit.transformer.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;
import sirkuit.ShellWord;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.checkpoint.ClassNames;
import sirkuit.transformer.Tensors;

/// What a checkpoint is read as. The tensors decide, as in transformers, where the caller chooses the class:
/// `architectures` names only the class it was saved from, which may be the base or have another head.
///
/// @param languageModel whether it is a causal language model; else a sequence classifier
/// @param labels        names of the classes in the order of the logits
/// @param notes         where it is read differently from `config.json`
public record Purpose(boolean languageModel, List<String> labels, List<Message> notes) {
    /// Maps and norms between the last layer and the logits of a sequence classifier; the last one gives the logits.
    private static final Map<String, List<String>> CLASSIFIERS = Map.of(
            "bert", List.of("bert.pooler.dense", "classifier"),
            "roberta", List.of("classifier.dense", "classifier.out_proj"),
            "xlm-roberta", List.of("classifier.dense", "classifier.out_proj"),
            "distilbert", List.of("pre_classifier", "classifier"),
            "modernbert", List.of("head.dense", "head.norm", "classifier"));

    private static final List<String> DECODER = List.of("score");
    private static final String OUTPUT = "lm_head.weight";

    static final String CLASSIFIES = "ForSequenceClassification";
    private static final String SPEAKS = "ForCausalLM|LMHeadModel";

    /// Heads whose tensors have the same names as a sequence classifier's but mean something else.
    private static final Pattern ALIKE =
            Pattern.compile("(?i).*(TokenClassification|MultipleChoice|Multi_?Label.*Classification|Regression).*");

    static boolean isDecoder(String family) {
        return !CLASSIFIERS.containsKey(family);
    }

    /// The tensor that gives a classifier's logits.
    static String logits(String family) {
        return CLASSIFIERS.getOrDefault(family, DECODER).getLast() + ".weight";
    }

    /// @param words whether the user gives a verbalizer, which requests a language model
    /// @throws Problem when it is neither
    static Purpose of(Checkpoint checkpoint, boolean words) {
        return new Reading(checkpoint).purpose(words);
    }

    /// What a head is for that does not classify whole texts; null if there is none.
    static @Nullable Message otherHead(Checkpoint checkpoint) {
        if (Tensors.find(checkpoint, "classifier.weight") != null) {
            return Message.of("transformer.family.token-classifier");
        }
        return Tensors.find(checkpoint, "qa_outputs.weight") == null
                ? null
                : Message.of("transformer.family.question-answering");
    }

    private static final class Reading {
        private final Checkpoint checkpoint;
        private final CheckpointConfig config;
        private final List<String> parts;
        private final String architecture;
        private final List<Message> notes = new ArrayList<>();

        Reading(Checkpoint checkpoint) {
            this.checkpoint = checkpoint;
            config = checkpoint.config();
            parts = CLASSIFIERS.getOrDefault(config.modelType(), DECODER);
            architecture = config.architecture().orElse("");
        }

        Purpose purpose(boolean words) {
            boolean decoder = isDecoder(config.modelType());
            boolean classifies = architecture.endsWith(CLASSIFIES);
            boolean speaks = architecture.matches(".*(" + SPEAKS + ")");
            boolean classifier = has(logits());
            boolean output = has(OUTPUT);
            boolean couldSpeak = decoder && (output || Inventory.tied(config));
            boolean languageModel = classifier
                    ? words && couldSpeak && !classifies
                    : decoder && speaks || couldSpeak && (words || output && !classifies);
            if (languageModel) {
                noteLanguageModel(speaks, classifier);
                return new Purpose(true, config.classesOfLanguageModel().names(), List.copyOf(notes));
            }
            if (!classifier) {
                throw baseModel(couldSpeak);
            }
            refuseOthers();
            if (!classifies) {
                noteClassifier(couldSpeak);
            }
            config.require("problem_type", "single_label_classification");
            ClassNames classes = config.classes(rows());
            notes.addAll(classes.notes());
            return new Purpose(false, classes.names(), List.copyOf(notes));
        }

        private void noteLanguageModel(boolean speaks, boolean classifier) {
            if (classifier) {
                notes.add(Message.of("transformer.family.classifier-not-used", weights(), logits()));
            } else if (!speaks) {
                notes.add(Message.of("transformer.family.read-as-language-model", named(), weights(), logits()));
            }
        }

        private void noteClassifier(boolean speaks) {
            notes.add(Message.of(
                    speaks
                            ? "transformer.family.read-as-classifier-could-speak"
                            : "transformer.family.read-as-classifier",
                    named(),
                    weights(),
                    logits()));
        }

        /// Refuses tensors with a sequence classifier's names that are something else, and incomplete
        /// classifiers.
        private void refuseOthers() {
            boolean modernQuestions =
                    config.modelType().equals("modernbert") && architecture.endsWith("ForQuestionAnswering");
            if (ALIKE.matcher(architecture).matches() || modernQuestions) {
                throw Problem.of("transformer.family.other-task", config.file(), architecture);
            }
            if (isDecoder(config.modelType()) && has("score.bias")) {
                throw Problem.of("transformer.family.score-with-bias", place(), config.modelType());
            }
            List<String> missing = parts.stream()
                    .map(part -> part + ".weight")
                    .filter(part -> !has(part))
                    .toList();
            if (!missing.isEmpty()) {
                throw Problem.of(
                        "transformer.family.part-of-classifier", place(), logits(), String.join("\", \"", missing));
            }
        }

        private Problem baseModel(boolean couldSpeak) {
            Message other = otherHead(checkpoint);
            if (other != null) {
                return Problem.of("transformer.family.other-classifier", place(), logits(), other);
            }
            boolean vectors = RegularFile.isThere(checkpoint.folder().resolve("modules.json"));
            boolean claims = architecture.endsWith(CLASSIFIES);
            return Problem.of(
                    "transformer.family.base-model",
                    place(),
                    logits(),
                    vectors ? Message.of("transformer.family.makes-vectors") : "",
                    claims ? Message.of("transformer.family.classifier-not-saved", config.file(), architecture) : "",
                    ShellWord.of(checkpoint.folder().toString()),
                    couldSpeak ? Message.of("transformer.family.as-language-model.remedy") : "");
        }

        private Message named() {
            String file = String.valueOf(config.file().getFileName());
            return architecture.isEmpty()
                    ? Message.of("transformer.family.names-no-architecture", file)
                    : Message.of("transformer.family.names-architecture", file, architecture);
        }

        private String weights() {
            return checkpoint.weights().names();
        }

        private String place() {
            return checkpoint.weights().place().toString();
        }

        private String logits() {
            return parts.getLast() + ".weight";
        }

        private long rows() {
            String stored = Tensors.find(checkpoint, logits());
            return Stream.of(checkpoint.weights().info(stored == null ? logits() : stored))
                    .filter(info -> !info.shape().isEmpty())
                    .map(info -> info.shape().getFirst())
                    .findFirst()
                    .orElse(1L);
        }

        private boolean has(String tensor) {
            return Tensors.find(checkpoint, tensor) != null;
        }
    }
}
