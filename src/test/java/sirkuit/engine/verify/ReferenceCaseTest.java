package sirkuit.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import sirkuit.Json;

class ReferenceCaseTest {
    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.MAPPER.readTree(text);
    }

    @Test
    void aHeadWithLargeValuesHidesNoneWithSmallOnes() throws JsonProcessingException {
        JsonNode reference = json("[[[[1000, -2000]], [[0.5, 0.25]]]]"); // layer, head, example, class
        assertThat(ReferenceCase.headByHead(json("[[[[1000, -2000]], [[0.5, 0.2]]]]"), reference))
                .isCloseTo(0.1, within(1e-9));
        assertThat(ReferenceCase.headByHead(json("[[[[1000, -2002]], [[0.5, 0.25]]]]"), reference))
                .isCloseTo(0.001, within(1e-9));
    }

    @Test
    void whatIsMissingIsAsFarOffAsCanBe() throws JsonProcessingException {
        JsonNode reference = json("[[[[1]], [[2]]]]");
        assertThat(ReferenceCase.headByHead(json("null"), reference)).isInfinite();
        assertThat(ReferenceCase.headByHead(json("[[[[1]]]]"), reference)).isInfinite();
        assertThat(ReferenceCase.headByHead(json("[[[[1]], [[]]]]"), reference)).isInfinite();
    }
}
