package sirkuit.app.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.project.HeadGroup;
import sirkuit.record.ScoreRecord;

class CircuitTest {
    private static final Head A = new Head(0, 0);
    private static final Head B = new Head(0, 1);
    private static final Head C = new Head(1, 0);
    private static final Unit AS_UNIT = new Unit.Single(A);
    private static final Unit CS_UNIT = new Unit.Single(C);

    @Test
    void edgesRunFromWordsThroughHeadsToTheAnswer() {
        ScoreRecord record = Circuits.small();
        Net net = Net.of(Circuits.of(record, Circuits.mask(record, A, C)), List.of());
        assertThat(net.units()).containsExactly(AS_UNIT, CS_UNIT);
        // As the file says, and the strongest of its kind.
        assertThat(net.edge(AS_UNIT, CS_UNIT)).isEqualTo(new Net.Edge(AS_UNIT, CS_UNIT, 0.3, 0.3, 1));
        // What neither A nor B accounts for, though B is not selected: 1 - 0.3 - 0.2.
        assertThat(share(net, Unit.End.WORDS, CS_UNIT)).isEqualTo(0.5, within(1e-9));
        assertThat(share(net, Unit.End.WORDS, AS_UNIT)).isEqualTo(1);
        // To the answer: the score, as wide as its share of the largest.
        assertThat(net.edge(AS_UNIT, Unit.End.ANSWER)).isEqualTo(new Net.Edge(AS_UNIT, Unit.End.ANSWER, 1, 2, 1));
        assertThat(net.edge(CS_UNIT, Unit.End.ANSWER)).isEqualTo(new Net.Edge(CS_UNIT, Unit.End.ANSWER, 0.5, -1, 0.5));
    }

    @Test
    void theStrongestEdgesAreThoseThatSortingAllOfThemGives() {
        for (long seed = 0; seed < 5; seed++) {
            Net net = Net.of(Circuits.all(Circuits.random(5, 4, seed)), closed(seed));
            List<Double> sorted = allEdges(net).stream()
                    .map(Net.Edge::strength)
                    .sorted((a, b) -> Double.compare(b, a))
                    .toList();
            for (int most : new int[] {1, 7, 30, 1000}) {
                Net.Shown shown = net.shown(most, 0, false);
                List<Net.Edge> drawn = shown.edges().subList(0, shown.drawn());
                assertThat(drawn)
                        .extracting(Net.Edge::strength)
                        .isEqualTo(sorted.subList(0, Math.min(most, sorted.size())));
                assertThat(drawn).allMatch(e -> e.equals(net.edge(e.from(), e.to())));
                assertThat(shown.most()).isEqualTo(sorted.size());
            }
        }
    }

    @Test
    void weakEdgesAndHeadsWithoutEdgesAreLeftOut() {
        ScoreRecord record = Circuits.small();
        Net net = Net.of(Circuits.all(record), List.of());
        Net.Shown shown = net.shown(100, 0.25, false);
        assertThat(shown.edges()).noneMatch(e -> e.share() < 0.25);
        assertThat(shown.edges()).anyMatch(e -> e.share() == 0.3);
        // 1.1 scores nothing and is fed by nobody.
        assertThat(shown.units()).doesNotContain(Circuits.unit(1, 1)).hasSize(3);
        assertThat(net.shown(100, 0.25, true).units()).contains(Circuits.unit(1, 1));
    }

    @Test
    void anEdgeOfAGroupIsTheSumOfTheEdgesOfItsHeads() {
        ScoreRecord record = Circuits.random(5, 4, 3);
        Circuit circuit = Circuits.all(record);
        Net net = Net.of(circuit, closed(3));
        for (Unit from : net.units()) {
            for (Unit to : net.units()) {
                double sum = 0;
                for (Head a : from.heads()) {
                    for (Head b : to.heads()) {
                        sum += circuit.share(circuit.indexOf(a), circuit.indexOf(b));
                    }
                }
                assertThat(from.equals(to) ? 0 : share(net, from, to))
                        .as(from.words() + " to " + to.words())
                        .isEqualTo(from.equals(to) ? 0 : sum, within(1e-12));
            }
            double score = 0;
            double words = 0;
            for (Head a : from.heads()) {
                double s = record.score()[a.layer()][a.head()];
                score += Double.isNaN(s) ? 0 : s;
                words += circuit.fromWords(circuit.indexOf(a));
            }
            Net.Edge answer = net.edge(from, Unit.End.ANSWER);
            assertThat(answer == null ? 0 : answer.value()).isEqualTo(score, within(1e-12));
            assertThat(share(net, Unit.End.WORDS, from)).isEqualTo(words, within(1e-12));
        }
    }

    @Test
    void aHeadOfTwoClosedGroupsIsInTheFirst() {
        ScoreRecord record = Circuits.small();
        HeadGroup first = new HeadGroup("first", new TreeSet<>(List.of(A, C)), false);
        HeadGroup second = new HeadGroup("second", new TreeSet<>(List.of(A, B)), false);
        Net net = Net.of(Circuits.all(record), List.of(first, second));
        assertThat(net.unitOf(A)).isEqualTo(new Unit.Group("first", new TreeSet<>(List.of(A, C))));
        assertThat(net.unitOf(B)).isEqualTo(new Unit.Group("second", new TreeSet<>(List.of(B))));
        assertThat(net.units()).hasSize(3);
    }

    @Test
    void aGroupWithoutHeadsOfTheCircuitIsNotDrawn() {
        ScoreRecord record = Circuits.small();
        HeadGroup elsewhere = new HeadGroup("elsewhere", new TreeSet<>(List.of(B, new Head(9, 9))), false);
        Net net = Net.of(Circuits.of(record, Circuits.mask(record, A, C)), List.of(elsewhere));
        assertThat(net.units()).containsExactly(AS_UNIT, CS_UNIT);
    }

    @Test
    void neighboursAreTheStrongestSourcesAndReaders() {
        assertThat(EdgeShares.neighbours(Circuits.small(), C, true, 5))
                .extracting(EdgeShares.Neighbour::head)
                .containsExactly(A, B);
        assertThat(EdgeShares.neighbours(Circuits.small(), A, false, 5))
                .containsExactly(new EdgeShares.Neighbour(C, 0.3));
        assertThat(EdgeShares.neighbours(Circuits.small(), C, true, 1)).hasSize(1);
    }

    @Test
    void scoresOfAnotherShapeHaveNoCircuit() {
        assertThat(Circuit.of(Circuits.small(), HeadMask.all(2, 3))).isNull();
    }

    /// Two groups that overlap in nothing, one of them over several layers.
    private static List<HeadGroup> closed(long seed) {
        return List.of(
                new HeadGroup("a", new TreeSet<>(List.of(new Head(0, 1), new Head(2, (int) (seed % 4)))), false),
                new HeadGroup("b", new TreeSet<>(List.of(new Head(1, 0), new Head(1, 2), new Head(4, 3))), false));
    }

    private static List<Net.Edge> allEdges(Net net) {
        List<Net.Edge> all = new java.util.ArrayList<>();
        for (Unit from : net.units()) {
            for (Unit to : net.units()) {
                Net.Edge edge = from.equals(to) ? null : net.edge(from, to);
                if (edge != null) {
                    all.add(edge);
                }
            }
            Net.Edge answer = net.edge(from, Unit.End.ANSWER);
            if (answer != null) {
                all.add(answer);
            }
        }
        return all;
    }

    private static double share(Net net, Unit from, Unit to) {
        Net.Edge edge = net.edge(from, to);
        return edge == null ? 0 : edge.share();
    }
}
