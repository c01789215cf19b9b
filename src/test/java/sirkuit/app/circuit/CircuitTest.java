package sirkuit.app.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import org.junit.jupiter.api.Test;
import sirkuit.mask.Head;
import sirkuit.mask.HeadEdges;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.record.ScoreRecord;

class CircuitTest {
    private static final Head A = new Head(0, 0);
    private static final Head B = new Head(0, 1);
    private static final Head C = new Head(1, 0);

    @Test
    void edgesRunFromWordsThroughHeadsToTheAnswer() {
        Circuit circuit = Objects.requireNonNull(Circuit.of(record(), mask(A, C)));
        assertThat(circuit.heads()).extracting(Circuit.Node::head).containsExactly(A, C);
        assertThat(circuit.edges()).contains(new Circuit.Edge(A, C, 0.3, 0.3)); // as the file says
        // What neither A nor B accounts for: 1 - 0.3 - 0.2.
        assertThat(edge(circuit, null, C).share()).isEqualTo(0.5, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(edge(circuit, null, A).share()).isEqualTo(1);
        // To the answer: the score, as wide as its share of the largest.
        assertThat(edge(circuit, A, null)).isEqualTo(new Circuit.Edge(A, null, 1, 2));
        assertThat(edge(circuit, C, null)).isEqualTo(new Circuit.Edge(C, null, 0.5, -1));
    }

    @Test
    void weakEdgesAreDropped() {
        Circuit circuit = Objects.requireNonNull(Circuit.of(record(), mask(A, B, C)));
        assertThat(circuit.atLeast(0.25)).noneMatch(e -> B.equals(e.from()) && C.equals(e.to()));
        assertThat(circuit.atLeast(circuit.shareFor(1)).stream().filter(Circuit.Edge::between))
                .containsExactly(new Circuit.Edge(A, C, 0.3, 0.3));
    }

    @Test
    void neighboursAreTheStrongestSourcesAndReaders() {
        assertThat(Circuit.neighbours(record(), C, true, 5))
                .extracting(Circuit.Edge::from)
                .containsExactly(A, B);
        assertThat(Circuit.neighbours(record(), A, false, 5))
                .extracting(Circuit.Edge::to)
                .containsExactly(C);
        assertThat(Circuit.neighbours(record(), C, true, 1)).hasSize(1);
    }

    @Test
    void scoresOfAnotherShapeHaveNoCircuit() {
        assertThat(Circuit.of(record(), HeadMask.all(2, 3))).isNull();
    }

    @Test
    void everyHeadIsFoundWhereItIsDrawnAlsoWhenThereAreSixty() {
        List<Circuit.Node> nodes = HeadMask.all(6, 10).selected().stream()
                .map(h -> new Circuit.Node(h, 1))
                .toList();
        Rectangle2D area = new Rectangle2D.Double(0, 0, 860, 480);
        CircuitLayout layout = CircuitLayout.of(new Circuit(6, nodes, List.of()), area);
        assertThat(layout.places()).hasSize(60);
        layout.places().forEach((head, place) -> {
            assertThat(area.contains(place)).isTrue();
            assertThat(layout.at(new Point2D(place.getX(), place.getY()))).isEqualTo(head);
        });
    }

    @Test
    void anEdgeGoesAroundHeadsThatItOnlyPasses() {
        // Three layers of one head each in a row: the straight way from the first to the last lies over the middle one.
        List<Circuit.Node> nodes = Stream.of(new Head(0, 0), new Head(2, 0), new Head(4, 0))
                .map(h -> new Circuit.Node(h, 1))
                .toList();
        CircuitLayout layout =
                CircuitLayout.of(new Circuit(6, nodes, List.of()), new Rectangle2D.Double(0, 0, 500, 300));
        java.awt.geom.Point2D passed = Objects.requireNonNull(layout.places().get(new Head(2, 0)));
        double r = layout.radius();
        Rectangle2D middle = new Rectangle2D.Double(passed.getX() - 2, passed.getY() - r, 4, 2 * r);
        assertThat(strokes(layout, false).intersects(middle)).isTrue();
        assertThat(strokes(layout, true).intersects(middle)).isFalse();
    }

    private static java.awt.Shape strokes(CircuitLayout layout, boolean around) {
        return new BasicStroke(1).createStrokedShape(layout.path(new Head(0, 0), new Head(4, 0), around));
    }

    private static Circuit.Edge edge(
            Circuit circuit, @org.jspecify.annotations.Nullable Head from, @org.jspecify.annotations.Nullable Head to) {
        return circuit.edges().stream()
                .filter(e -> Objects.equals(e.from(), from) && Objects.equals(e.to(), to))
                .findFirst()
                .orElseThrow();
    }

    private static HeadMask mask(Head... heads) {
        return new HeadMask(2, 2, List.of(heads), "by hand");
    }

    private static ScoreRecord record() {
        HeadEdges edges = new HeadEdges(2, 2, new double[][] {{0.3, 0}, {0.2, 0}, {}, {}});
        ScoreRecord plain = new ScoreRecord(
                1,
                ScoreMethod.CDT,
                false,
                new ScoreRecord.Values(
                        2, 2, new double[][] {{2.0, 1.0}, {-1.0, 0.0}}, new double[][] {{0.1, 0.1}, {0.1, 0.1}}, 10),
                new ScoreRecord.Samples(10, new int[0], 0, 0, List.of("a", "b"), 64, 0),
                1,
                null);
        return new ScoreRecord(
                1,
                plain.method(),
                false,
                plain.values(),
                plain.samples(),
                1,
                null,
                new ScoreRecord.Details(null, null, edges),
                null,
                null);
    }
}
