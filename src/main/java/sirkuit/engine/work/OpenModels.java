package sirkuit.engine.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sirkuit.Message;
import sirkuit.protocol.Request;
import sirkuit.transformer.ProxyModel;

/// The checkpoints in memory, with how many threads use each. One that nobody uses stays until another is loaded, so
/// that the next request need not load it again. Weights are never in memory twice: requests that differ only in the
/// length of their texts share them.
final class OpenModels {
    private final List<Open> all = new ArrayList<>();

    private static final class Open {
        private final Models.Loaded loaded;
        private int users = 1;

        Open(Models.Loaded loaded) {
            this.loaded = loaded;
        }
    }

    /// @param load   loads it if it is not in memory
    /// @param onLoad receives its notes if it is loaded now
    synchronized Models.Loaded take(
            Request.Model request, String stamp, Supplier<Models.Loaded> load, Consumer<Message> onLoad) {
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
                closeUnused();
                return same;
            }
        }
        closeUnused();
        Models.Loaded loaded = load.get();
        all.add(new Open(loaded));
        loaded.notes().forEach(onLoad);
        return loaded;
    }

    synchronized void giveBack(Models.Loaded loaded) {
        for (Open open : all) {
            if (open.loaded == loaded) {
                open.users--;
            }
        }
    }

    private void closeUnused() {
        close(all.stream().filter(o -> o.users == 0).toList());
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
