package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;

/// The tokens around a text and between two texts: the `post_processor` of a `tokenizer.json`, as a template.
final class Templates {
    private Templates() {}

    /// The template that a class of transformers 5 always sets; null for classes that keep the file's.
    ///
    /// @param token text of a special token by its role
    /// @param id    its id
    static @Nullable ObjectNode of(TokenizerKind kind, Function<String, String> token, ToIntFunction<String> id) {
        return switch (kind) {
            case BERT, DISTILBERT -> {
                Builder t = new Builder();
                t.single.add(t.special(token.apply("cls"), id.applyAsInt("cls"), 0));
                t.single.add(sequence("A", 0));
                t.single.add(t.special(token.apply("sep"), id.applyAsInt("sep"), 0));
                t.pair.addAll(t.single);
                t.pair.add(sequence("B", 1));
                t.pair.add(t.special(token.apply("sep"), id.applyAsInt("sep"), 1));
                yield t.json();
            }
            case ROBERTA -> around(token, id, "cls", "sep");
            case XLM_ROBERTA -> around(token, id, "bos", "eos");
            default -> null;
        };
    }

    private static ObjectNode around(
            Function<String, String> token, ToIntFunction<String> id, String first, String last) {
        Builder t = new Builder();
        JsonNode begin = t.special(token.apply(first), id.applyAsInt(first), 0);
        JsonNode end = t.special(token.apply(last), id.applyAsInt(last), 0);
        t.single.addAll(List.of(begin, sequence("A", 0), end));
        t.pair.addAll(List.of(begin, sequence("A", 0), end, end, sequence("B", 0), end));
        return t.json();
    }

    /// A template with a first and a last token around the text.
    ///
    /// @param bos null for none
    /// @param eos null for none
    static ObjectNode around(@Nullable String bos, int bosId, @Nullable String eos, int eosId) {
        Builder t = new Builder();
        for (int part = 0; part < 2; part++) {
            List<JsonNode> of = new ArrayList<>();
            if (bos != null) {
                of.add(t.special(bos, bosId, part));
            }
            of.add(sequence(part == 0 ? "A" : "B", part));
            if (eos != null) {
                of.add(t.special(eos, eosId, part));
            }
            t.pair.addAll(of);
            if (part == 0) {
                t.single.addAll(of);
            }
        }
        return t.json();
    }

    private static JsonNode sequence(String name, int type) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.putObject("Sequence").put("id", name).put("type_id", type);
        return node;
    }

    private static final class Builder {
        private final List<JsonNode> single = new ArrayList<>();
        private final List<JsonNode> pair = new ArrayList<>();
        private final ObjectNode specials = Json.MAPPER.createObjectNode();

        JsonNode special(String token, int id, int type) {
            ObjectNode known = Json.MAPPER.createObjectNode();
            known.put("id", token);
            known.putArray("ids").add(id);
            known.putArray("tokens").add(token);
            specials.set(token, known);
            ObjectNode node = Json.MAPPER.createObjectNode();
            node.putObject("SpecialToken").put("id", token).put("type_id", type);
            return node;
        }

        ObjectNode json() {
            ObjectNode template = Json.MAPPER.createObjectNode();
            template.put("type", "TemplateProcessing");
            template.putArray("single").addAll(single);
            template.putArray("pair").addAll(pair);
            template.set("special_tokens", specials);
            return template;
        }
    }

    /// Whether two give the same ids and types.
    static boolean same(JsonNode written, ObjectNode own) {
        return steps(written).equals(steps(own));
    }

    /// Whether the template puts a token around a text.
    static boolean holds(JsonNode postProcessor, String token) {
        return postProcessor.findValuesAsText("id").contains(token)
                || postProcessor.findValues("cls").stream()
                        .anyMatch(t -> t.path(0).asText().equals(token))
                || postProcessor.findValues("sep").stream()
                        .anyMatch(t -> t.path(0).asText().equals(token));
    }

    /// Ids, texts and types, one after the other.
    private static List<String> steps(JsonNode of) {
        String type = of.path("type").asText();
        List<String> steps = new ArrayList<>();
        if (type.equals("BertProcessing") || type.equals("RobertaProcessing")) {
            String cls = of.path("cls").path(1).asText();
            String sep = of.path("sep").path(1).asText();
            boolean bert = type.equals("BertProcessing");
            steps.addAll(List.of(cls + ":0", "A:0", sep + ":0", "|"));
            steps.addAll(
                    bert
                            ? List.of(cls + ":0", "A:0", sep + ":0", "B:1", sep + ":1")
                            : List.of(cls + ":0", "A:0", sep + ":0", sep + ":0", "B:0", sep + ":0"));
            return steps;
        }
        if (type.equals("Sequence")) {
            of.path("processors").forEach(p -> {
                if (!p.path("type").asText().equals("ByteLevel")) { // this changes only the offsets of tokens
                    steps.addAll(steps(p));
                }
            });
            return steps;
        }
        template(of, "single", steps);
        steps.add("|");
        template(of, "pair", steps);
        return steps;
    }

    private static void template(JsonNode of, String which, List<String> steps) {
        ArrayNode none = Json.MAPPER.createArrayNode();
        for (JsonNode step : of.path(which).isArray() ? of.path(which) : none) {
            if (step.has("Sequence")) {
                JsonNode s = step.get("Sequence");
                steps.add(s.path("id").asText() + ":" + s.path("type_id").asInt());
            } else {
                JsonNode s = step.path("SpecialToken");
                for (JsonNode id :
                        of.path("special_tokens").path(s.path("id").asText()).path("ids")) {
                    steps.add(id.asText() + ":" + s.path("type_id").asInt());
                }
            }
        }
    }
}
