package sirkuit.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;

/// Writes safetensors files: tensors in the given order, header padded to eight bytes as in the reference library.
public final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /// Writes one file atomically.
    ///
    /// @param tensors names, types and shapes in the order to write; their offsets are recomputed
    /// @param bytes   the little-endian bytes of a tensor, requested for one tensor at a time
    /// @throws Problem when the file cannot be written, for instance because the disk is full
    public static void write(
            Path file,
            Collection<TensorInfo> tensors,
            Map<String, String> metadata,
            Function<TensorInfo, ByteBuffer> bytes) {
        write(file, tensors, metadata, (tensor, to) -> to.accept(bytes.apply(tensor)));
    }

    /// As [#write(Path, Collection, Map, Function)], for tensors that may be larger than a buffer.
    ///
    /// @param contents passes on a tensor's bytes in pieces
    public static void write(
            Path file,
            Collection<TensorInfo> tensors,
            Map<String, String> metadata,
            BiConsumer<TensorInfo, Consumer<ByteBuffer>> contents) {
        byte[] header = header(tensors, metadata);
        AtomicFile.write(file, out -> {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            for (TensorInfo tensor : tensors) {
                write(out, tensor, contents);
            }
        });
    }

    private static void write(
            OutputStream out, TensorInfo tensor, BiConsumer<TensorInfo, Consumer<ByteBuffer>> contents)
            throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        long[] written = new long[1];
        try {
            contents.accept(tensor, piece -> {
                written[0] += piece.remaining();
                write(channel, piece.duplicate());
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (written[0] != tensor.bytes()) {
            throw new IllegalArgumentException(
                    tensor.name() + ": " + written[0] + " bytes instead of " + tensor.bytes());
        }
    }

    private static void write(WritableByteChannel channel, ByteBuffer piece) {
        try {
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] header(Collection<TensorInfo> tensors, Map<String, String> metadata) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        if (!metadata.isEmpty()) {
            root.set("__metadata__", Json.MAPPER.valueToTree(metadata));
        }
        long offset = 0;
        for (TensorInfo tensor : tensors) {
            ObjectNode entry = root.putObject(tensor.name());
            entry.put("dtype", tensor.type().name());
            entry.set("shape", Json.MAPPER.valueToTree(tensor.shape()));
            entry.putArray("data_offsets").add(offset).add(offset + tensor.bytes());
            offset += tensor.bytes();
        }
        String json = Json.line(root);
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return (json + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }
}
