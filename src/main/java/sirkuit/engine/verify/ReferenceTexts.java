package sirkuit.engine.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;

/// The labelled texts of a reference case: `texts`, or pairs of texts. `text_pairs` holds both texts of each pair, or
/// the second texts for the first ones in `texts`, as in transformers' tokenizers.
///
/// @param seconds null for single texts
/// @param labels  numbers of the right classes
record ReferenceTexts(List<String> firsts, @Nullable List<String> seconds, int[] labels) {
    static boolean isIn(JsonNode expected) {
        return expected.path("texts").isArray() || expected.path("text_pairs").isArray();
    }

    /// @param place   of the file
    /// @param classes how many there are
    /// @throws Problem when texts, pairs and labels do not match
    static ReferenceTexts of(Path place, JsonNode expected, int classes) {
        List<String> firsts = new ArrayList<>();
        List<String> seconds = new ArrayList<>();
        JsonNode pairs = expected.path("text_pairs");
        if (pairs.isArray() && pairs.path(0).isArray()) {
            for (JsonNode pair : pairs) {
                require(place, pair.size() == 2, "text_pairs has an entry that is not two texts");
                firsts.add(text(place, pair.get(0)));
                seconds.add(text(place, pair.get(1)));
            }
        } else {
            for (JsonNode text : expected.path("texts")) {
                firsts.add(text(place, text));
            }
            for (JsonNode text : pairs) {
                seconds.add(text(place, text));
            }
            require(
                    place,
                    seconds.isEmpty() || seconds.size() == firsts.size(),
                    "there are " + firsts.size() + " texts and " + seconds.size() + " text_pairs");
        }
        JsonNode numbers = expected.path("labels");
        require(
                place,
                numbers.size() == firsts.size() && !firsts.isEmpty(),
                "there are " + firsts.size() + " texts and " + numbers.size() + " labels");
        int[] labels = new int[firsts.size()];
        for (int i = 0; i < labels.length; i++) {
            JsonNode label = numbers.get(i);
            require(
                    place,
                    label.isInt() && label.intValue() >= 0 && label.intValue() < classes,
                    "the label " + label + " is none of 0 to " + (classes - 1));
            labels[i] = label.intValue();
        }
        return new ReferenceTexts(firsts, seconds.isEmpty() ? null : seconds, labels);
    }

    List<Tokens> encode(TextTokenizer tokenizer) {
        return seconds == null ? tokenizer.encode(firsts) : tokenizer.encode(firsts, seconds);
    }

    private static String text(Path place, JsonNode node) {
        require(place, node.isTextual(), node + " stands where a text is expected");
        return node.textValue();
    }

    private static void require(Path place, boolean holds, String what) {
        if (!holds) {
            throw Problem.of("engine.worker.reference-case-incomplete", place, what);
        }
    }
}
