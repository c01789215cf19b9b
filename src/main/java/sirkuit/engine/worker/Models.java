package sirkuit.engine.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.TextTokenizer;
import sirkuit.dataset.Dataset;
import sirkuit.dataset.LabelMap;
import sirkuit.engine.Request;
import sirkuit.transformer.Backend;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;

/// Keeps the checkpoint that was used last, so that the next request finds it warm.
final class Models implements AutoCloseable {
    private final Backend backend;
    private @Nullable Loaded last;

    Models(Backend backend) {
        this.backend = backend;
    }

    /// A checkpoint with its tokenizer.
    static final class Loaded implements AutoCloseable {
        private final Request.Model request;
        private final String stamp;
        private final ProxyModel model;
        private final TextTokenizer tokenizer;
        private @Nullable String digest;

        private Loaded(Request.Model request, String stamp, ProxyModel model) {
            this.request = request;
            this.stamp = stamp;
            this.model = model;
            int longest = Math.min(request.maxLength(), model.spec().maxPositions());
            tokenizer = TextTokenizer.open(model.checkpoint(), longest);
        }

        ProxyModel model() {
            return model;
        }

        LabelledTokens tokens(Dataset data) {
            return LabelledTokens.of(
                    tokenizer.encode(data.texts()),
                    data.examples().stream().mapToInt(Dataset.Example::label).toArray(),
                    model.spec());
        }

        String digest() {
            if (digest == null) {
                digest = model.checkpoint().digest();
            }
            return digest;
        }

        @Override
        public void close() {
            tokenizer.close();
            model.close();
        }
    }

    /// @throws sirkuit.Problem when it cannot be opened
    Loaded open(Request.Model request) {
        Path folder = Path.of(request.checkpoint());
        String stamp = stamp(folder);
        if (last != null && last.request.equals(request) && last.stamp.equals(stamp)) {
            return last;
        }
        close();
        Checkpoint checkpoint = Checkpoint.open(folder);
        ProxyModel model = ProxyModel.load(
                checkpoint, request.labels() == null ? List.of() : new LabelMap(request.labels()).names(), backend);
        try {
            last = new Loaded(request, stamp, model);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
        return last;
    }

    /// Sizes and times of the files: when they change, the checkpoint is read again.
    private static String stamp(Path folder) {
        StringBuilder stamp = new StringBuilder();
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            try {
                Path file = folder.resolve(name);
                stamp.append(Files.getLastModifiedTime(file))
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ');
            } catch (IOException e) {
                stamp.append("none ");
            }
        }
        return stamp.toString();
    }

    @Override
    public void close() {
        if (last != null) {
            last.close();
            last = null;
        }
    }
}
