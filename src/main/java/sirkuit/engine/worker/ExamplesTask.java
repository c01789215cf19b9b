package sirkuit.engine.worker;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sirkuit.Problem;
import sirkuit.dataset.Dataset;
import sirkuit.engine.work.Models;
import sirkuit.engine.work.Work;
import sirkuit.mask.Head;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.ScoreRecord;

/// The texts that a head helps and hurts most, from the values kept with its scores.
record ExamplesTask(Models models) {
    void run(Request.Examples request, Work work) {
        Path file = Path.of(request.scores());
        ScoreRecord scores = ScoreRecord.read(file);
        ScoreRecord.PerExample values = scores.perExample();
        if (values == null) {
            throw Problem.of("engine.worker.no-example-values", file);
        }
        Head head = request.head();
        if (head.layer() >= scores.layers() || head.head() >= scores.heads()) {
            throw Problem.of("engine.worker.no-head", file, head);
        }
        Dataset data = models.open(request.model()).data(request.data());
        if (scores.provenance() == null || !scores.provenance().data().containsValue(data.digest())) {
            throw Problem.of("engine.worker.examples-other-data", file, data.file());
        }
        double[] own = values.values()[head.layer()][head.head()];
        List<Integer> order = IntStream.range(0, own.length)
                .boxed()
                .filter(i -> !Double.isNaN(own[i]))
                .sorted(Comparator.comparingDouble((Integer i) -> -own[i]).thenComparing(Comparator.naturalOrder()))
                .toList();
        int count = Math.min(request.count(), order.size());
        work.tell(new Event.Examples(
                examples(order.subList(0, count), own, values, data),
                examples(order.reversed().subList(0, count), own, values, data)));
    }

    private static List<Event.Examples.Example> examples(
            List<Integer> chosen, double[] own, ScoreRecord.PerExample values, Dataset data) {
        List<Integer> rows = chosen.stream().map(i -> values.rows()[i]).toList();
        List<Dataset.Example> texts = data.select(rows);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> new Event.Examples.Example(
                        rows.get(i),
                        texts.get(i).text(),
                        texts.get(i).pair(),
                        data.labels().names().get(texts.get(i).label()),
                        own[chosen.get(i)]))
                .toList();
    }
}
