package sirkuit.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Json;

class HeadEdgesTest {
    private static final int LAYERS = 3;
    private static final int HEADS = 2;
    private static final List<Head> ALL =
            List.copyOf(HeadMask.all(LAYERS, HEADS).selected());

    @Test
    void everyEdgeToALaterLayerHasItsOwnPlaceAndNoPlaceIsLeft() {
        for (Head from : ALL) {
            List<Integer> places = ALL.stream()
                    .filter(to -> to.layer() > from.layer())
                    .map(to -> HeadEdges.index(HEADS, from.layer(), to))
                    .toList();
            assertThat(places)
                    .containsExactlyElementsOf(IntStream.range(0, HeadEdges.targets(LAYERS, HEADS, from.layer()))
                            .boxed()
                            .toList());
        }
    }

    @Test
    void onlyEdgesToLaterLayersHaveAValue() {
        HeadEdges edges = counted();
        List<Double> found = new ArrayList<>();
        for (Head from : ALL) {
            for (Head to : ALL) {
                if (to.layer() > from.layer()) {
                    found.add(edges.at(from, to));
                } else {
                    assertThat(edges.at(from, to)).isZero();
                }
            }
        }
        assertThat(found).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0);
        assertThat(edges.map(v -> 2 * v).at(new Head(1, 1), new Head(2, 0))).isEqualTo(22);
    }

    @Test
    void rowsThatAreNoTriangleAreRefused() {
        assertThatThrownBy(() -> new HeadEdges(2, 1, new double[][] {{1}}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HeadEdges(2, 1, new double[][] {{1}, {1}}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Written as by all versions: source layer, source head, target layer, target head.
    @Test
    void theFileHasTheFullArray() {
        HeadEdges edges = new HeadEdges(2, 2, new double[][] {{0.25, 0.5}, {Double.NaN, 1}, {}, {}});
        assertThat(Json.line(edges))
                .isEqualTo("[[[[0.0,0.0],[0.25,0.5]],[[0.0,0.0],[null,1.0]]],"
                        + "[[[0.0,0.0],[0.0,0.0]],[[0.0,0.0],[0.0,0.0]]]]");
    }

    @Test
    void whatWasWrittenIsReadBack() throws JsonProcessingException {
        HeadEdges edges = counted().map(v -> v == 7 ? Double.NaN : v / 16);
        HeadEdges read = Json.MAPPER.readValue(Json.line(edges), HeadEdges.class);
        assertThat(read.layers()).isEqualTo(LAYERS);
        assertThat(read.heads()).isEqualTo(HEADS);
        for (Head from : ALL) {
            for (Head to : ALL) {
                assertThat(read.at(from, to)).isEqualTo(Double.valueOf(edges.at(from, to)));
            }
        }
        assertThat(read.at(new Head(0, 1), new Head(2, 0))).isNaN();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "3",
                "[[[[0.0]]],[[[0.0]]]]",
                "[[[[0.0],[0.5]]]]",
                "[[[[0.0],[0.5]]],[[[0.0],[0.0]],[[0.0],[0.0]]]]",
                "[[[[0.0],[0.5,0.5]]],[[[0.0],[0.0]]]]",
                "[[null],[[[0.0],[0.0]]]]"
            })
    void anArrayOfAnotherShapeIsRefused(String text) {
        assertThatThrownBy(() -> Json.MAPPER.readValue(text, HeadEdges.class))
                .isInstanceOf(MismatchedInputException.class);
    }

    /// Three layers of two heads, the edges numbered from 1 in the order of sources, then targets.
    private static HeadEdges counted() {
        return new HeadEdges(LAYERS, HEADS, new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10}, {11, 12}, {}, {}});
    }
}
