package sirkuit.engine.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sirkuit.Message;
import sirkuit.protocol.Request;
import sirkuit.transformer.ProxyModel;

/// The checkpoints in memory, with how many threads use each. One that nobody uses stays until another is loaded, so
/// that the next request need not load it again. Questions may compare two checkpoints, so they keep one more, if it is
/// small. Weights are never in memory twice: requests that differ only in the
/// length of their texts share them.
final class OpenModels {
    /// The share of the free memory that a checkpoint may take which is kept beside the one that is loaded.
    private static final long KEPT_SHARE = 4;

    /// Those that nobody uses in the order in which they were last used.
    private final List<Open> all = new ArrayList<>();

    private static final class Open {
        private final Models.Loaded loaded;
        private int users = 1;

        Open(Models.Loaded loaded) {
            this.loaded = loaded;
        }
    }

    /// @param keeps  whether to keep the checkpoint that was used last
    /// @param load   loads it if it is not in memory
    /// @param onLoad receives its notes if it is loaded now
    synchronized Models.Loaded take(
            Request.Model request,
            String stamp,
            boolean keeps,
            Supplier<Models.Loaded> load,
            Consumer<Message> onLoad) {
        for (Open open : all) {
            if (open.loaded.is(request, stamp)) {
                open.users++;
                return open.loaded;
            }
        }
        for (Open open : all) {
            Models.Loaded same = open.loaded.otherwise(request, stamp);
            if (same != null) {
                all.add(new Open(same));
                closeUnused(keeps);
                return same;
            }
        }
        closeUnused(keeps);
        Models.Loaded loaded = load.get();
        all.add(new Open(loaded));
        loaded.notes().forEach(onLoad);
        return loaded;
    }

    synchronized void giveBack(Models.Loaded loaded) {
        for (Open open : List.copyOf(all)) {
            if (open.loaded == loaded) {
                open.users--;
                all.remove(open);
                all.add(open);
            }
        }
    }

    private void closeUnused(boolean keeps) {
        List<Open> unused = all.stream().filter(o -> o.users == 0).toList();
        boolean spared =
                keeps && !unused.isEmpty() && small(unused.getLast().loaded.model());
        close(spared ? unused.subList(0, unused.size() - 1) : unused);
    }

    private static boolean small(ProxyModel model) {
        return Float.BYTES * model.parameters() <= model.memory().usage().free() / KEPT_SHARE;
    }

    private void close(List<Open> some) {
        all.removeAll(some);
        some.forEach(o -> o.loaded.close());
        some.stream()
                .map(o -> o.loaded.model())
                .distinct()
                .filter(m -> !used(m))
                .forEach(ProxyModel::close);
    }

    private boolean used(ProxyModel model) {
        return all.stream().anyMatch(o -> o.loaded.model() == model);
    }

    synchronized void close() {
        close(List.copyOf(all));
    }
}
