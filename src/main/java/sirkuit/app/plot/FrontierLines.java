package sirkuit.app.plot;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;
import sirkuit.app.runs.RunColours;
import sirkuit.app.runs.RunModel;
import sirkuit.figure.TradeOff;
import sirkuit.study.FairComparison;
import sirkuit.study.Frontier;

/// The frontiers of strategies with several learning rates: a line for each, through the means of those rates that no
/// other of its rates beats.
final class FrontierLines {
    private FrontierLines() {}

    /// What the runs of a frontier have in common.
    private record Of(String study, String target, String strategy) {}

    /// The runs of a strategy have the colour of its first one, at whichever learning rate.
    static int number(Strategy strategy, List<TradeOff<RunModel>> points) {
        return points.stream()
                .filter(t -> t.finished() && strategy.sameWay(Strategy.of(t.run())))
                .findFirst()
                .orElseThrow()
                .run()
                .number();
    }

    /// @param renderer its series get the colours of the strategies
    static DefaultXYDataset of(List<TradeOff<RunModel>> points, XYLineAndShapeRenderer renderer, RunColours colours) {
        Map<Of, List<TradeOff<RunModel>>> strategies = new LinkedHashMap<>();
        for (TradeOff<RunModel> t : points) {
            Strategy strategy = Strategy.of(t.run());
            if (t.finished() && strategy != null && !strategy.name().equals(strategy.way())) {
                strategies
                        .computeIfAbsent(
                                new Of(strategy.study(), strategy.target(), strategy.way()), o -> new ArrayList<>())
                        .add(t);
            }
        }
        DefaultXYDataset lines = new DefaultXYDataset();
        strategies.values().forEach(runs -> {
            int index = lines.getSeriesCount();
            renderer.setSeriesPaint(
                    index, PlotPane.awt(colours.line(runs.getFirst().run().number())));
            renderer.setSeriesStroke(index, new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            lines.addSeries(index, line(runs));
        });
        return lines;
    }

    private static double[][] line(List<TradeOff<RunModel>> runs) {
        List<Frontier.Point> frontier = FairComparison.frontier(FairComparison.withMostSeeds(runs.stream()
                        .map(t -> new FairComparison.Run(
                                t.run().config().settings().learningRate(),
                                t.run().config().settings().seed(),
                                t.gain().value(),
                                t.forgetting().value()))
                        .toList()))
                .points();
        double[][] line = new double[2][frontier.size()];
        for (int i = 0; i < frontier.size(); i++) {
            line[0][i] = frontier.get(i).forgetting();
            line[1][i] = frontier.get(i).gain();
        }
        return line;
    }
}
