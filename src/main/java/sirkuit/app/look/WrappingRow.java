package sirkuit.app.look;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// A row of controls that goes on in a further line where they do not fit. Controls with [HBox#setHgrow] share what
/// their line has left, so a [Boxes#gap()] moves what follows it to the right.
public final class WrappingRow extends Pane {
    private static final double GAP = 8;
    private static final double BETWEEN_LINES = 6;

    private record Line(List<Node> nodes, double height) {}

    public WrappingRow(Node... nodes) {
        super(nodes);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private double gap() {
        return Math.round(GAP * TextScale.factor());
    }

    private double between() {
        return Math.round(BETWEEN_LINES * TextScale.factor());
    }

    /// What a control takes of a line that is `room` wide.
    private static double width(Node node, double room) {
        double least = node.minWidth(-1);
        double wanted = Math.max(least, Math.min(node.prefWidth(-1), node.maxWidth(-1)));
        return Math.max(Math.min(wanted, room), Math.min(least, room));
    }

    private static double height(Node node, double width) {
        boolean follows = node.getContentBias() == Orientation.HORIZONTAL;
        return Math.max(node.minHeight(follows ? width : -1), node.prefHeight(follows ? width : -1));
    }

    private List<Line> lines(double room) {
        List<Line> lines = new ArrayList<>();
        List<Node> now = new ArrayList<>();
        double used = 0;
        for (Node node : getManagedChildren()) {
            double width = width(node, room);
            if (!now.isEmpty() && used + gap() + width > room + 0.5) {
                lines.add(line(now, room));
                now = new ArrayList<>();
                used = 0;
            }
            used += (now.isEmpty() ? 0 : gap()) + width;
            now.add(node);
        }
        if (!now.isEmpty()) {
            lines.add(line(now, room));
        }
        return lines;
    }

    private Line line(List<Node> nodes, double room) {
        List<Double> widths = widths(nodes, room);
        double height = 0;
        for (int i = 0; i < nodes.size(); i++) {
            height = Math.max(height, height(nodes.get(i), widths.get(i)));
        }
        return new Line(List.copyOf(nodes), Math.ceil(height));
    }

    /// The widths in a line, in which those that grow share what is left.
    private List<Double> widths(List<Node> nodes, double room) {
        List<Double> widths = new ArrayList<>();
        double left = room - gap() * (nodes.size() - 1);
        int growing = 0;
        for (Node node : nodes) {
            double width = width(node, room);
            widths.add(width);
            left -= width;
            growing += HBox.getHgrow(node) == Priority.ALWAYS ? 1 : 0;
        }
        for (int i = 0; i < nodes.size() && left > 0; i++) {
            if (HBox.getHgrow(nodes.get(i)) == Priority.ALWAYS) {
                double most = Math.max(nodes.get(i).maxWidth(-1), widths.get(i));
                double more = Math.min(left / growing, most - widths.get(i));
                widths.set(i, widths.get(i) + more);
                left -= more;
                growing--;
            }
        }
        return widths;
    }

    private double within(double width) {
        Insets in = getInsets();
        return width - in.getLeft() - in.getRight();
    }

    @Override
    protected double computeMinWidth(double height) {
        Insets in = getInsets();
        double least = getManagedChildren().stream()
                .mapToDouble(n -> n.minWidth(-1))
                .max()
                .orElse(0);
        return in.getLeft() + least + in.getRight();
    }

    @Override
    protected double computePrefWidth(double height) {
        Insets in = getInsets();
        List<Node> nodes = getManagedChildren();
        double all = nodes.stream().mapToDouble(n -> width(n, Double.MAX_VALUE)).sum();
        return in.getLeft() + all + gap() * Math.max(0, nodes.size() - 1) + in.getRight();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        Insets in = getInsets();
        List<Line> lines = lines(width < 0 ? Double.MAX_VALUE / 4 : within(width));
        double all = lines.stream().mapToDouble(Line::height).sum();
        return in.getTop() + all + between() * Math.max(0, lines.size() - 1) + in.getBottom();
    }

    @Override
    protected void layoutChildren() {
        Insets in = getInsets();
        double room = within(getWidth());
        double y = in.getTop();
        for (Line line : lines(room)) {
            List<Double> widths = widths(line.nodes, room);
            double x = in.getLeft();
            for (int i = 0; i < line.nodes.size(); i++) {
                Node node = line.nodes.get(i);
                double height = node instanceof Region ? Math.min(height(node, widths.get(i)), line.height) : 0;
                node.resizeRelocate(
                        snapPositionX(x),
                        snapPositionY(y + (line.height - height) / 2),
                        snapSizeX(widths.get(i)),
                        snapSizeY(height));
                x += widths.get(i) + gap();
            }
            y += line.height + between();
        }
    }
}
