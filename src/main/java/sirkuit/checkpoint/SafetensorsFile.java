package sirkuit.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Consumer;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// A safetensors file, checked completely before anything is mapped, then read through memory mapping. Opening reads
/// only the header, and only tensors that are used are read from disk.
///
/// The mapping lives as long as any buffer of it is reachable.
public final class SafetensorsFile {
    private final Path file;
    private final SafetensorsHeader header;
    private final MemorySegment data;
    private final Runnable beforeReading;

    private SafetensorsFile(Path file, SafetensorsHeader header, MemorySegment data, Runnable beforeReading) {
        this.file = file;
        this.header = header;
        this.data = data;
        this.beforeReading = beforeReading;
    }

    /// @throws Problem when the file is missing or not a valid safetensors file
    public static SafetensorsFile open(Path file) {
        return open(file, () -> {});
    }

    /// @param beforeReading called before each tensor, or each piece of one, is read; an exception from it ends the
    ///                      reading
    /// @throws Problem when the file is missing or not a valid safetensors file
    static SafetensorsFile open(Path file, Runnable beforeReading) {
        if (RegularFile.isThere(file)) {
            RegularFile.require(file);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < 8) {
                throw SafetensorsHeader.damaged(file, Message.of("checkpoint.only-few-bytes", size));
            }
            long length = readFully(file, channel, 0, 8).getLong();
            if (length < 2 || length > SafetensorsHeader.LONGEST || length > size - 8) {
                throw SafetensorsHeader.damaged(
                        file, Message.of("checkpoint.header-too-long", Long.toUnsignedString(length)));
            }
            byte[] json = readFully(file, channel, 8, (int) length).array();
            SafetensorsHeader header = SafetensorsHeader.parse(file, json, size - 8 - length);
            MemorySegment data = channel.map(
                    FileChannel.MapMode.READ_ONLY, header.dataStart(), size - header.dataStart(), Arena.ofAuto());
            return new SafetensorsFile(file, header, data, beforeReading);
        } catch (NoSuchFileException e) {
            throw Problem.of(e, "checkpoint.file-missing", file);
        } catch (IOException e) {
            throw Problem.of(e, "ground.unreadable-file", file, e.getMessage());
        }
    }

    private static ByteBuffer readFully(Path file, FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw SafetensorsHeader.damaged(file, Message.of("checkpoint.file-shrank"));
            }
        }
        return buffer.flip();
    }

    public Path file() {
        return file;
    }

    /// Every tensor by name, in the order of the file.
    public Map<String, TensorInfo> tensors() {
        return header.tensors();
    }

    /// The file's `__metadata__`.
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /// The remedy for a missing tensor.
    static String incomplete(String name) {
        return name.endsWith(".bias")
                ? "The checkpoint is incomplete, or the model was trained without a bias, which is not supported. If it"
                        + " should have one, fetch the folder again."
                : "The checkpoint is incomplete. Fetch the folder again.";
    }

    /// @throws Problem when there is no such tensor
    public TensorInfo info(String name) {
        TensorInfo info = header.tensors().get(name);
        if (info == null) {
            throw Problem.of("checkpoint.tensor-missing", file, name, incomplete(name));
        }
        return info;
    }

    /// Lets the system release the memory of a tensor's part of the file. It is read again when needed.
    void release(String name) {
        TensorInfo info = info(name);
        data.asSlice(info.begin(), info.bytes()).unload();
    }

    /// Most bytes that [#pieces] passes on at once.
    public static final int PIECE = 1 << 26;

    /// The tensor's bytes, little-endian, read-only, directly from the mapped file, in pieces: a tensor may be
    /// larger than a buffer.
    ///
    /// @throws Problem when there is no such tensor
    public void pieces(String name, Consumer<ByteBuffer> to) {
        pieces(name, PIECE, to);
    }

    /// @param most bytes of a piece; a multiple of eight, so that no element is split
    void pieces(String name, int most, Consumer<ByteBuffer> to) {
        TensorInfo info = info(name);
        for (long at = 0; at < info.bytes(); at += most) {
            beforeReading.run();
            long length = Math.min(most, info.bytes() - at);
            to.accept(data.asSlice(info.begin() + at, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    /// The tensor's bytes, little-endian, read-only, directly from the mapped file.
    ///
    /// @throws Problem when there is no such tensor or it is larger than 2 GB
    public ByteBuffer bytes(String name) {
        TensorInfo info = info(name);
        if (info.bytes() > Integer.MAX_VALUE) {
            throw Problem.of("checkpoint.tensor-too-large", file, name);
        }
        beforeReading.run();
        return data.asSlice(info.begin(), info.bytes()).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
