package sirkuit.app.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sirkuit.mask.Head;
import sirkuit.record.ScoreRecord;

class PathsTest {
    @Test
    void thePathsThroughAHeadAreTheStrongestOfAllThereAre() {
        for (long seed = 0; seed < 4; seed++) {
            Circuit circuit = Circuits.all(Circuits.random(5, 3, seed));
            Paths paths = new Paths(circuit);
            List<Paths.Path> all = everyPath(circuit);
            for (Head head : circuit.heads()) {
                List<Paths.Path> expected = all.stream()
                        .filter(p -> p.heads().contains(head))
                        .sorted(Comparator.comparingDouble(Paths.Path::strength).reversed())
                        .limit(Paths.KEPT)
                        .toList();
                List<Paths.Path> found = paths.through(List.of(head), Paths.KEPT);
                assertThat(found)
                        .extracting(Paths.Path::heads)
                        .isEqualTo(expected.stream().map(Paths.Path::heads).toList());
                for (int i = 0; i < found.size(); i++) {
                    assertThat(found.get(i).strength())
                            .isEqualTo(expected.get(i).strength(), within(1e-12));
                }
            }
        }
    }

    @Test
    void thePathsThroughAGroupAreTheStrongestThroughAnyOfItsHeads() {
        Circuit circuit = Circuits.all(Circuits.random(5, 3, 9));
        Set<Head> group = Set.of(new Head(1, 1), new Head(2, 0), new Head(4, 2));
        List<List<Head>> expected = everyPath(circuit).stream()
                .filter(p -> p.heads().stream().anyMatch(group::contains))
                .sorted(Comparator.comparingDouble(Paths.Path::strength).reversed())
                .limit(Paths.KEPT)
                .map(Paths.Path::heads)
                .toList();
        assertThat(new Paths(circuit).through(group, Paths.KEPT))
                .extracting(Paths.Path::heads)
                .isEqualTo(expected);
    }

    @Test
    void aHeadThatNothingLeavesHasNoPath() {
        ScoreRecord record = Circuits.small();
        // 1.1 is of the last layer and scores nothing.
        assertThat(new Paths(Circuits.all(record)).through(List.of(new Head(1, 1)), 3))
                .isEmpty();
        // And a head that is not in the circuit has none either.
        Circuit part = Circuits.of(record, Circuits.mask(record, new Head(0, 0)));
        assertThat(new Paths(part).through(List.of(new Head(1, 0)), 3)).isEmpty();
    }

    /// By trying every sequence of heads.
    private static List<Paths.Path> everyPath(Circuit circuit) {
        List<Paths.Path> all = new ArrayList<>();
        for (int i = 0; i < circuit.size(); i++) {
            extend(circuit, List.of(i), circuit.fromWords(i), all);
        }
        return all;
    }

    private static void extend(Circuit circuit, List<Integer> path, double strength, List<Paths.Path> all) {
        if (strength == 0) {
            return;
        }
        int last = path.getLast();
        double whole = strength * circuit.toAnswer(last);
        if (whole > 0) {
            all.add(new Paths.Path(path.stream().map(circuit.heads()::get).toList(), whole));
        }
        for (int next = last + 1; next < circuit.size(); next++) {
            List<Integer> longer = new ArrayList<>(path);
            longer.add(next);
            extend(circuit, longer, strength * circuit.share(last, next), all);
        }
    }
}
