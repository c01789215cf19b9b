package sirkuit.dataset.table;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import sirkuit.Message;
import sirkuit.Problem;

/// Finds the line of a file that is not UTF-8. Readers notice it some thousand characters too early.
final class Utf8Fault {
    private static final int LONGEST_LINE = 1 << 24;

    private Utf8Fault() {}

    static Problem of(Path file, Throwable cause) {
        long line = 0;
        try (InputStream in = new BufferedInputStream(Table.bytes(file))) {
            in.mark(2);
            int first = in.read();
            int second = in.read();
            if (first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF) {
                return Problem.of(cause, "dataset.is-utf-16", file);
            }
            in.reset();
            line = find(in);
        } catch (IOException e) {
            // the line is not known then
        }
        return Problem.of(cause, "dataset.not-utf-8", line == 0 ? file : Message.of("ground.at-line", file, line));
    }

    /// @return 0 when there is none
    private static long find(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long number = 1;
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.write(c);
            if (c == '\n' || line.size() == LONGEST_LINE) {
                if (!sound(line)) {
                    return number;
                }
                number += c == '\n' ? 1 : 0;
                line.reset();
            }
        }
        return sound(line) ? 0 : number;
    }

    private static boolean sound(ByteArrayOutputStream line) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
