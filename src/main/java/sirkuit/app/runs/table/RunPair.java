package sirkuit.app.runs.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.record.Replay;
import sirkuit.record.RunConfig;

/// Two runs beside each other: in which settings they differ, and what each came to.
public record RunPair(RunModel first, RunModel second) {
    /// A line of the comparison.
    public record Row(String name, String first, String second) {}

    /// The settings that differ, each with both values. All other settings are the same.
    public List<Row> settings() {
        List<Row> rows = new ArrayList<>();
        add(rows, "runs.column.learnt", RunModel::target);
        add(rows, "runs.column.strategy", RunResultWords::strategy);
        add(rows, "runs.column.trained", RunModel::trained);
        add(rows, "runs.pair.norms", r -> yes(r.config().parameters().norms()));
        add(rows, "runs.pair.classifier", r -> yes(r.config().parameters().trainHead()));
        add(rows, "runs.pair.checkpoint", r -> r.config().checkpoint());
        add(rows, "runs.pair.train", r -> r.config().train().file());
        add(rows, "runs.pair.test", r -> r.config().targetEval().file());
        add(rows, "runs.column.rate", r -> Numbers.plain(r.rate()));
        add(rows, "runs.column.seed", r -> r.seed() + "");
        setting(rows, "runs.column.epochs", s -> s.epochs() + "");
        setting(rows, "runs.pair.batch", s -> s.batchSize() + " × " + s.accumulate());
        setting(rows, "runs.pair.decay", s -> Numbers.plain(s.optimizer().weightDecay()));
        setting(rows, "runs.pair.warmup", s -> Numbers.plain(s.optimizer().warmup()));
        setting(rows, "runs.pair.clip", s -> Numbers.plain(s.optimizer().clip()));
        setting(rows, "runs.pair.l2sp", s -> share(s.optimizer().l2sp()));
        add(rows, "runs.pair.replay", r -> replay(r.config().data().replay()));
        setting(rows, "runs.pair.dropout", s -> s.dropout() == null ? "–" : Numbers.plain(s.dropout()));
        setting(rows, "runs.pair.patience", s -> s.patience() + "");
        setting(rows, "runs.pair.evaluate", s -> s.evaluateEvery() + "");
        setting(rows, "runs.pair.examples", s -> s.examples() + "");
        setting(rows, "runs.pair.length", s -> s.maxLength() + "");
        add(
                rows,
                "runs.pair.schedule",
                r -> r.config().course().schedule().name().toLowerCase(java.util.Locale.ROOT));
        add(
                rows,
                "runs.pair.forgetting",
                r -> r.config().course().maxForgetting() == null
                        ? "–"
                        : Numbers.plain(
                                Objects.requireNonNull(r.config().course().maxForgetting())));
        return rows;
    }

    /// What each came to.
    public List<Row> results() {
        return List.of(
                row("runs.column.target", r -> RunColumns.change(r.targetBefore(), r.targetNow())),
                row("runs.column.source", r -> RunColumns.change(r.sourceBefore(), r.sourceNow())),
                row("runs.column.gain", r -> RunColumns.points(r.gain())),
                row("runs.column.forgotten", r -> RunColumns.points(r.forgetting())),
                row("runs.column.status", RunColumns::status));
    }

    /// How many heads both train; empty if one of them trains all weights, or their models have another shape.
    public String heads() {
        HeadMask a = first.config().mask();
        HeadMask b = second.config().mask();
        if (a == null
                || b == null
                || first.heads() == null
                || second.heads() == null
                || a.layers() != b.layers()
                || a.heads() != b.heads()) {
            return "";
        }
        TreeSet<Head> both = new TreeSet<>(a.selected());
        both.retainAll(b.selected());
        return Words.of("runs.pair.heads", both.size() + "", a.size() - both.size() + "", b.size() - both.size() + "");
    }

    private Row row(String name, Function<RunModel, RunColumns.Shown> of) {
        return new Row(Words.of(name), of.apply(first).words(), of.apply(second).words());
    }

    private void add(List<Row> rows, String name, Function<RunModel, @Nullable String> of) {
        String a = String.valueOf(of.apply(first));
        String b = String.valueOf(of.apply(second));
        if (!a.equals(b)) {
            rows.add(new Row(Words.of(name), a, b));
        }
    }

    private void setting(List<Row> rows, String name, Function<RunConfig.Settings, String> of) {
        add(rows, name, r -> of.apply(r.config().settings()));
    }

    private static String share(@Nullable Double value) {
        return value == null ? "–" : Numbers.plain(value);
    }

    private static String replay(@Nullable Replay replay) {
        return replay == null
                ? "–"
                : Numbers.plain(replay.share()) + ", " + replay.texts().file();
    }

    private static String yes(boolean value) {
        return Words.of(value ? "runs.pair.yes" : "runs.pair.no");
    }
}
