package sirkuit.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// Reads an `events.jsonl`, from any position or only its end.
///
/// @param file it may not exist yet
record EventLines(Path file) {
    /// Bytes: a Java string cannot be longer.
    private static final long LARGEST = 1L << 30;

    /// Bytes that are read at once from the end: most last lines are much shorter.
    private static final int BLOCK = 1 << 16;

    /// The type of the event in the last complete line; empty if there is none. Reads only the end of the file.
    /// Damaged lines and an incomplete last line are skipped.
    ///
    /// @throws Problem when the file cannot be read
    String lastType() {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        RegularFile.requireItself(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Backwards bytes = new Backwards(channel);
            long lineEnd = bytes.newlineBefore(channel.size());
            while (lineEnd >= 0) {
                long before = bytes.newlineBefore(lineEnd);
                String type = type(text(channel, before + 1, lineEnd));
                if (!type.isEmpty()) {
                    return type;
                }
                lineEnd = before;
            }
            return "";
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Whether it ends in the middle of a line.
    ///
    /// @throws IOException when it cannot be read
    boolean cut() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return channel.size() > 0 && !endsLine(channel, channel.size() - 1);
        }
    }

    /// A file from its end to its beginning, a block at a time.
    private static final class Backwards {
        private final FileChannel channel;
        private ByteBuffer block = ByteBuffer.allocate(0);
        private long from;

        Backwards(FileChannel channel) {
            this.channel = channel;
        }

        /// Where the last line break before a place is; -1 without one.
        long newlineBefore(long end) throws IOException {
            long at = end - 1;
            while (at >= 0 && byteAt(at) != '\n') {
                at--;
            }
            return at;
        }

        private byte byteAt(long at) throws IOException {
            if (at < from || at >= from + block.position()) {
                from = Math.max(0, at + 1 - BLOCK);
                block = read(channel, from, at + 1);
            }
            return at - from < block.position() ? block.get((int) (at - from)) : 0; // it has been cut meanwhile
        }
    }

    private String text(FileChannel channel, long from, long end) throws IOException {
        if (end - from > LARGEST) {
            throw Problem.of("run.events-too-large", file, channel.size() >> 20);
        }
        ByteBuffer bytes = read(channel, from, end);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private static ByteBuffer read(FileChannel channel, long from, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(end - from));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            continue;
        }
        return bytes;
    }

    /// See [RunFolder#linesFrom(long)].
    RunFolder.NewLines linesFrom(long from) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new RunFolder.NewLines(0, 0, List.of());
        }
        RegularFile.requireItself(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > LARGEST) {
                throw Problem.of("run.events-too-large", file, channel.size() >> 20);
            }
            long begin = from > 0 && from <= channel.size() && endsLine(channel, from - 1) ? from : 0;
            ByteBuffer bytes = read(channel, begin, channel.size());
            int end = bytes.position();
            while (end > 0 && bytes.get(end - 1) != '\n') {
                end--; // a crash may cut a line in the middle of a character
            }
            return new RunFolder.NewLines(
                    begin,
                    begin + end,
                    new String(bytes.array(), 0, end, StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Problem unreadable(IOException e) {
        return Problem.of(e, "ground.unreadable-file", file, e.getMessage());
    }

    private static boolean endsLine(FileChannel channel, long at) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        return channel.read(one, at) == 1 && one.get(0) == '\n';
    }

    /// The type of the event in a line; empty if it is incomplete. Read token by token, because a run has thousands
    /// of lines.
    static String type(String line) {
        try (JsonParser parser = Json.MAPPER.createParser(line)) {
            String type = "";
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("type");
                if (parser.nextToken().isScalarValue() && found) {
                    type = parser.getText();
                }
                parser.skipChildren();
            }
            return parser.nextToken() == null ? type : "";
        } catch (IOException e) {
            return "";
        }
    }
}
