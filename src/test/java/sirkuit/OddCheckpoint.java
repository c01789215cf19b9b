package sirkuit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.SafetensorsFile;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;

/// Checkpoints made odd, as people's folders are.
public final class OddCheckpoint {
    private OddCheckpoint() {}

    /// A copy of a shared reference model.
    public static Path copyOf(String golden, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(Shared.path("golden/" + golden + "/model"))) {
            for (Path file : files.toList()) {
                Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return folder;
    }

    public static Path config(Path folder, Consumer<ObjectNode> change) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode root = (ObjectNode) Json.tree(file);
        change.accept(root);
        Files.writeString(file, Json.pretty(root));
        return folder;
    }

    /// @param name the new name of a tensor; empty to leave it out
    public static Path renamed(Path folder, UnaryOperator<String> name) {
        return rewritten(folder, name, Map.of());
    }

    /// @param sizes shapes of tensors of ones, by name
    public static Path with(Path folder, Map<String, List<Long>> sizes) {
        return rewritten(folder, name -> name, sizes);
    }

    private static Path rewritten(Path folder, UnaryOperator<String> rename, Map<String, List<Long>> more) {
        Path file = folder.resolve("model.safetensors");
        SafetensorsFile old = SafetensorsFile.open(file);
        Map<String, ByteBuffer> bytes = new LinkedHashMap<>();
        List<TensorInfo> tensors = new ArrayList<>();
        old.tensors().values().forEach(t -> {
            String name = rename.apply(t.name());
            if (!name.isEmpty()) {
                add(tensors, name, t.type(), t.shape());
                bytes.put(name, old.bytes(t.name()));
            }
        });
        more.forEach((name, shape) -> {
            add(tensors, name, ElementType.F32, shape);
            ByteBuffer ones =
                    ByteBuffer.allocate((int) tensors.getLast().bytes()).order(ByteOrder.LITTLE_ENDIAN);
            while (ones.hasRemaining()) {
                ones.putFloat(1);
            }
            bytes.put(name, ones.flip());
        });
        SafetensorsWriter.write(file, tensors, Map.of(), t -> Objects.requireNonNull(bytes.get(t.name())));
        return folder;
    }

    private static void add(List<TensorInfo> tensors, String name, ElementType type, List<Long> shape) {
        long begin = tensors.isEmpty() ? 0 : tensors.getLast().end();
        long size = shape.stream().reduce(1L, (a, b) -> a * b);
        tensors.add(new TensorInfo(name, type, shape, begin, begin + size * type.bytes()));
    }

    /// Writes another header before the same bytes.
    public static Path header(Path folder, UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve("model.safetensors");
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] json = new byte[(int) all.getLong()];
        all.get(json);
        byte[] header = change.apply(new String(json, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        Files.write(
                file,
                ByteBuffer.allocate(8 + header.length + all.remaining())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .put(all)
                        .array());
        return folder;
    }
}
