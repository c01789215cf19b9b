package sirkuit.app.circuit.pane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sirkuit.app.circuit.Circuit;
import sirkuit.app.circuit.CircuitLook;
import sirkuit.app.circuit.Circuits;
import sirkuit.app.circuit.Net;
import sirkuit.app.circuit.Paths;
import sirkuit.app.circuit.Unit;
import sirkuit.mask.HeadMask;
import sirkuit.record.ScoreRecord;

class CircuitLayoutTest {
    private static final Rectangle2D AREA = new Rectangle2D.Double(0, 0, 860, 480);

    @Test
    void everyHeadIsFoundWhereItIsDrawnAlsoWhenThereAreSixty() {
        CircuitLayout layout = CircuitLayout.of(6, 10, units(HeadMask.all(6, 10)), AREA);
        assertThat(layout.places()).hasSize(62); // with both ends
        layout.places().forEach((unit, place) -> {
            assertThat(AREA.contains(place)).isTrue();
            if (!(unit instanceof Unit.End)) {
                assertThat(layout.at(place.getX(), place.getY())).isEqualTo(unit);
            }
        });
    }

    @Test
    void aHeadIsAsFarDownInEveryLayerAsItsNumberSays() {
        List<Unit> units = List.of(Circuits.unit(1, 0), Circuits.unit(2, 7), Circuits.unit(2, 3), Circuits.unit(5, 3));
        CircuitLayout layout = CircuitLayout.of(6, 8, units, AREA);
        assertThat(y(layout, units.get(0))).isLessThan(y(layout, units.get(2)));
        assertThat(y(layout, units.get(2))).isLessThan(y(layout, units.get(1)));
        assertThat(y(layout, units.get(3))).isEqualTo(y(layout, units.get(2)));
    }

    @Test
    void layersAreInOrderAndThoseWithoutHeadsAreFoldedIntoThinGapsThatCountThem() {
        List<Unit> units = List.of(Circuits.unit(7, 0), Circuits.unit(2, 1), Circuits.unit(3, 0));
        CircuitLayout layout = CircuitLayout.of(12, 4, units, AREA);
        assertThat(layout.columns()).extracting(CircuitLayout.Column::layer).containsExactly(2, 3, 7);
        assertThat(layout.columns()).isSortedAccordingTo((a, b) -> Double.compare(a.x(), b.x()));
        assertThat(layout.gaps()).extracting(CircuitLayout.Gap::first).containsExactly(0, 4, 8);
        assertThat(layout.gaps()).extracting(CircuitLayout.Gap::layers).containsExactly(2, 3, 4);
        assertThat(layout.gaps()).allMatch(g -> g.width() < layout.across() / 4);
        assertThat(layout.gaps().get(1).x())
                .isBetween(layout.columns().get(1).x(), layout.columns().get(2).x());
    }

    @Test
    void whatAPathAddsMovesNothingAndTouchesNothing() {
        List<Unit> units = List.of(Circuits.unit(2, 0), Circuits.unit(2, 1), Circuits.unit(6, 0));
        CircuitLayout before = CircuitLayout.of(8, 8, units, AREA);
        Unit sameLayer = Circuits.unit(2, 5);
        Unit folded = Circuits.unit(4, 3);
        CircuitLayout after =
                before.with(List.of(List.of(Unit.End.WORDS, sameLayer, folded, Circuits.unit(6, 0), Unit.End.ANSWER)));
        assertThat(after.places()).containsAllEntriesOf(before.places()).containsKeys(sameLayer, folded);
        after.places().forEach((unit, place) -> after.places().forEach((other, there) -> {
            if (!unit.equals(other)) {
                assertThat(place.distance(there)).isGreaterThan(2 * after.radius());
            }
        }));
        assertThat(x(after, folded)).isBetween(x(after, sameLayer), x(after, Circuits.unit(6, 0)));
    }

    @Test
    void anEdgeGoesAroundHeadsThatItOnlyPasses() {
        // Three layers of one head each in a row: the straight way from the first to the last lies over the middle one.
        List<Unit> units = List.of(Circuits.unit(0, 0), Circuits.unit(2, 0), Circuits.unit(4, 0));
        CircuitLayout layout = CircuitLayout.of(6, 4, units, new Rectangle2D.Double(0, 0, 500, 300));
        Point2D passed = Objects.requireNonNull(layout.of(units.get(1)));
        double r = layout.radius();
        Rectangle2D middle = new Rectangle2D.Double(passed.getX() - 2, passed.getY() - r, 4, 2 * r);
        for (double strength : new double[] {0.1, 1}) {
            Net.Edge edge = new Net.Edge(units.getFirst(), units.getLast(), 0.1, 0.1, strength);
            Shape course = course(layout, List.of(edge), false, edge);
            assertThat(stroke(course).intersects(middle)).isEqualTo(strength < 0.2);
        }
    }

    @Test
    void bundledEdgesBetweenTheSameTwoLayersShareTheMiddleOfTheirCourse() {
        List<Unit> units = Stream.of(0, 1, 2, 3)
                .flatMap(h -> Stream.of(Circuits.unit(0, h), Circuits.unit(1, h)))
                .toList();
        CircuitLayout layout = CircuitLayout.of(2, 4, units, AREA);
        Net.Edge first = new Net.Edge(Circuits.unit(0, 0), Circuits.unit(1, 3), 0.2, 0.2, 1);
        Net.Edge second = new Net.Edge(Circuits.unit(0, 3), Circuits.unit(1, 1), 0.1, 0.1, 0.5);
        double middle = (layout.columns().get(0).x() + layout.columns().get(1).x()) / 2;
        List<Net.Edge> both = List.of(first, second);
        assertThat(heightAt(course(layout, both, true, first), middle))
                .isEqualTo(heightAt(course(layout, both, true, second), middle), within(1.0));
        assertThat(heightAt(course(layout, both, false, first), middle))
                .isNotCloseTo(heightAt(course(layout, both, false, second), middle), within(20.0));
    }

    @Test
    void whatLiesBelowTheMouseStaysThereWhenZooming() {
        Point2D place = new Point2D.Double(300, 200);
        Lens near = Lens.WHOLE.zoomed(3, 300, 200, AREA);
        assertThat(near.of(place, AREA).distance(place)).isLessThan(1e-9);
        Lens nearer = near.zoomed(1.5, 410, 90, AREA);
        Point2D seen = near.of(place, AREA);
        Lens back = nearer.zoomed(1 / 1.5, 410, 90, AREA);
        assertThat(back.of(place, AREA).distance(seen)).isLessThan(1e-9);
        assertThat(near.zoomed(0.01, 5, 5, AREA)).isEqualTo(Lens.WHOLE);
    }

    @Test
    void theDrawingIsNeverMovedOutOfView() {
        Lens near = Lens.WHOLE.zoomed(4, 0, 0, AREA);
        Lens far = near.moved(-1e6, -1e6, AREA);
        assertThat(far.of(new Point2D.Double(AREA.getMaxX(), AREA.getMaxY()), AREA))
                .isEqualTo(new Point2D.Double(AREA.getMaxX(), AREA.getMaxY()));
        assertThat(Lens.WHOLE.moved(50, -50, AREA)).isEqualTo(Lens.WHOLE);
        Point2D corner = new Point2D.Double(800, 450);
        assertThat(AREA.contains(near.showing(corner, 40, AREA).of(corner, AREA)))
                .isTrue();
    }

    @Test
    void labelsNeverOverlapEachOtherOrTheHeads() {
        CircuitLayout layout = CircuitLayout.of(12, 24, units(HeadMask.all(12, 24)), AREA);
        assertThat(layout.radius()).isLessThan(CircuitScene.LEAST_NAMED);
        List<Labels.Label> labels = Labels.place(units(HeadMask.all(12, 24)), layout, t -> 7.0 * t.length(), AREA);
        assertThat(labels).hasSizeBetween(20, 288);
        for (Labels.Label label : labels) {
            assertThat(labels).noneMatch(l -> l != label && l.box().intersects(label.box()));
            assertThat(layout.places().values())
                    .noneMatch(p -> label.box().intersects(p.getX() - 2, p.getY() - 2, 4, 4));
        }
    }

    @Test
    void theHeadsThatCarryMostHaveLabelsAndAllOfThemWhenZoomedIn() {
        ScoreRecord record = Circuits.random(8, 45, 4);
        Net net = Net.of(Circuits.all(record), List.of());
        CircuitLook look = look(net, net.shown(40, 0, true), null);
        CircuitScene whole = CircuitScene.of(look, AREA, Lens.WHOLE);
        assertThat(whole.labels()).hasSizeBetween(1, CircuitScene.MOST_LABELS);
        Map<Unit, Double> carried = look.carried();
        double least = carried.values().stream()
                .sorted(java.util.Comparator.reverseOrder())
                .skip(CircuitScene.MOST_LABELS + 2) // the ends carry most and have no labels
                .findFirst()
                .orElseThrow();
        assertThat(whole.labels()).allMatch(l -> carried.getOrDefault(l.unit(), 0.0) >= least);
        CircuitScene near = CircuitScene.of(look, AREA, Lens.WHOLE.zoomed(2, 430, 240, AREA));
        assertThat(near.labels()).hasSizeGreaterThan(CircuitScene.MOST_LABELS);
    }

    @Test
    void anEdgeIsFoundWhereItRuns() {
        ScoreRecord record = Circuits.random(4, 3, 2);
        Net net = Net.of(Circuits.all(record), List.of());
        CircuitScene scene = CircuitScene.of(look(net, net.shown(10, 0, false), null), AREA, Lens.WHOLE);
        assertThat(scene.courses()).isNotEmpty();
        scene.courses().forEach((edge, course) -> {
            Point2D on = pointOn(course);
            Net.Edge found = scene.edgeAt(on.getX(), on.getY());
            assertThat(found).isNotNull();
            // Where two edges lie over each other either is right.
            assertThat(stroke(Objects.requireNonNull(scene.courses().get(found)))
                            .intersects(on.getX() - 5, on.getY() - 5, 10, 10))
                    .isTrue();
        });
        assertThat(scene.edgeAt(2, 2)).isNull();
    }

    @Test
    void thePathsOfThePickedHeadAreDrawnWhateverIsShown() {
        ScoreRecord record = Circuits.random(6, 4, 11);
        Circuit circuit = Circuits.all(record);
        Net net = Net.of(circuit, List.of());
        Unit picked = Circuits.unit(3, 2);
        CircuitLook look = look(net, net.shown(1, 0, false), picked);
        CircuitScene scene = CircuitScene.of(look, AREA, Lens.WHOLE);
        assertThat(look.lit()).isNotEmpty();
        assertThat(scene.courses().keySet()).containsAll(look.litEdges());
        assertThat(scene.layout().places()).containsKey(picked);
        assertThat(look.litEdges()).hasSizeGreaterThan(1);
    }

    private static CircuitLook look(Net net, Net.Shown shown, @org.jspecify.annotations.Nullable Unit picked) {
        List<Paths.Path> lit = picked == null ? List.of() : new Paths(net.circuit()).through(picked.heads(), 3);
        return new CircuitLook(net, shown, false, picked, lit, java.util.Set.of(), null);
    }

    private static List<Unit> units(HeadMask mask) {
        return mask.selected().stream().<Unit>map(Unit.Single::new).toList();
    }

    private static double x(CircuitLayout layout, Unit unit) {
        return Objects.requireNonNull(layout.of(unit)).getX();
    }

    private static double y(CircuitLayout layout, Unit unit) {
        return Objects.requireNonNull(layout.of(unit)).getY();
    }

    private static Shape course(CircuitLayout layout, List<Net.Edge> edges, boolean bundled, Net.Edge edge) {
        return Objects.requireNonNull(
                Courses.of(layout, edges, bundled, e -> false).get(edge));
    }

    private static Shape stroke(Shape course) {
        return new BasicStroke(1).createStrokedShape(course);
    }

    private static double heightAt(Shape course, double x) {
        Rectangle2D strip = new Rectangle2D.Double(x - 1, AREA.getY(), 2, AREA.getHeight());
        java.awt.geom.Area cut = new java.awt.geom.Area(stroke(course));
        cut.intersect(new java.awt.geom.Area(strip));
        return cut.getBounds2D().getCenterY();
    }

    /// In the middle of its course.
    private static Point2D pointOn(Shape course) {
        double x = course.getBounds2D().getCenterX();
        return new Point2D.Double(x, heightAt(course, x));
    }
}
