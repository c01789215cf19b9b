package sirkuit.checkpoint.delta;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import sirkuit.Message;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.TensorInfo;

/// The entries of one tensor that differ between two checkpoints, packed.
///
/// The tensor is taken as a matrix: its first axis are the rows, all others together the columns. What is packed is
/// a block: the rows and the columns in which anything differs (a head's rows of W_Q, its columns of W_O). For each
/// entry of the block, row by row, it says how to get from the one value to the other. A zlib stream of,
/// little-endian:
///
/// | what | how |
/// |---|---|
/// | kind | a byte: 0 bits, 1 steps |
/// | rows | int32 count of ranges; of each, int32 first row and the row after the last |
/// | columns | the same |
/// | step | float64, of kind 1 only |
/// | entries | of kind 0 the exclusive or of the two values' bits; of kind 1 the whole number n of steps, the new
/// value being base + n · step in float64, rounded to the tensor's type; n is written as 2n, or -2n - 1 when
/// negative, in 16 bits. All first bytes come first (the most significant ones), then all second bytes, and so on:
/// alike stands by alike |
final class ChangedEntries {
    /// How a changed value is stored.
    enum Kind {
        /// All of its bits.
        BITS,
        /// Its distance from the base's value, rounded to a step. [#STEPS] steps are the tensor's largest
        /// distance.
        STEPS
    }

    /// A distance takes at most ten bits, and its error is half a step: a thousandth of the tensor's largest
    /// distance.
    static final int STEPS = 511;

    private static final int STEP_BYTES = 2;

    /// What was packed does not fit the tensor.
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Message reason;

        private Damaged(Message reason) {
            super(reason.english());
            this.reason = reason;
        }

        Message reason() {
            return reason;
        }
    }

    private ChangedEntries() {}

    /// @param kind steps are used only for F32 and F64; narrower types store their bits
    static byte[] pack(TensorInfo info, ByteBuffer base, ByteBuffer changed, Kind kind) {
        Block block = Block.of(info, base, changed);
        double step = kind == Kind.STEPS ? step(info, base, changed, block) : 0;
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (OutputStream out = new DeflaterOutputStream(packed, deflater, 1 << 16)) {
            ByteBuffer head =
                    ByteBuffer.allocate(1 + block.bytes() + Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            head.put((byte) (step > 0 ? Kind.STEPS : Kind.BITS).ordinal());
            block.write(head);
            if (step > 0) {
                head.putDouble(step);
            }
            out.write(head.array(), 0, head.position());
            int width = step > 0 ? STEP_BYTES : info.type().bytes();
            byte[] plane = new byte[Math.toIntExact(block.entries())];
            for (int place = width - 1; place >= 0; place--) {
                int at = 0;
                for (int row : block.rows()) {
                    for (int column : block.columns()) {
                        int entry = block.entry(row, column);
                        if (step > 0) {
                            long n = Math.round((value(info, changed, entry) - value(info, base, entry)) / step);
                            plane[at++] = (byte) ((n < 0 ? -2 * n - 1 : 2 * n) >> (8 * place));
                        } else {
                            int b = entry * width + place;
                            plane[at++] = (byte) (base.get(b) ^ changed.get(b));
                        }
                    }
                }
                out.write(plane);
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be written", e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    /// The changed tensor's bytes.
    ///
    /// @param base the tensor's bytes
    /// @throws Damaged     when `packed` is damaged or belongs to another tensor
    /// @throws IOException when it cannot be unpacked or ends too early
    static ByteBuffer apply(TensorInfo info, ByteBuffer base, ByteBuffer packed) throws IOException {
        byte[] bytes = new byte[packed.remaining()];
        packed.duplicate().get(bytes);
        ByteArrayInputStream source = new ByteArrayInputStream(bytes);
        Inflater inflater = new Inflater();
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(source, inflater))) {
            int kind = in.readUnsignedByte();
            if (kind > Kind.STEPS.ordinal()) {
                throw new Damaged(Message.of("checkpoint.delta-unknown-kind", kind));
            }
            Block block = Block.read(info, in);
            ByteBuffer result =
                    ByteBuffer.allocate(Math.toIntExact(info.bytes())).order(ByteOrder.LITTLE_ENDIAN);
            result.put(base.duplicate()).clear();
            if (kind == Kind.BITS.ordinal()) {
                flip(info.type().bytes(), block, in, result);
            } else {
                walk(info, block, in, result);
            }
            if (in.read() >= 0 || source.available() + inflater.getRemaining() > 0) {
                throw new Damaged(Message.of("checkpoint.delta-more-bytes"));
            }
            return result;
        } finally {
            inflater.end();
        }
    }

    private static void flip(int width, Block block, DataInputStream in, ByteBuffer result) throws IOException {
        byte[] plane = new byte[Math.toIntExact(block.entries())];
        for (int place = width - 1; place >= 0; place--) {
            in.readFully(plane);
            int at = 0;
            for (int row : block.rows()) {
                for (int column : block.columns()) {
                    int b = block.entry(row, column) * width + place;
                    result.put(b, (byte) (result.get(b) ^ plane[at++]));
                }
            }
        }
    }

    private static void walk(TensorInfo info, Block block, DataInputStream in, ByteBuffer result) throws IOException {
        double step = Double.longBitsToDouble(Long.reverseBytes(in.readLong()));
        if (!stepped(info) || !(step > 0) || Double.isInfinite(step)) {
            throw new Damaged(Message.of("checkpoint.delta-bad-steps"));
        }
        byte[] high = new byte[Math.toIntExact(block.entries())];
        byte[] low = new byte[high.length];
        in.readFully(high);
        in.readFully(low);
        int at = 0;
        for (int row : block.rows()) {
            for (int column : block.columns()) {
                int entry = block.entry(row, column);
                int code = (high[at] & 0xff) << 8 | low[at++] & 0xff;
                double value = value(info, result, entry) + (code % 2 == 0 ? code / 2 : -(code / 2) - 1) * step;
                if (info.type() == ElementType.F32) {
                    result.putFloat(entry * Float.BYTES, (float) value);
                } else {
                    result.putDouble(entry * Double.BYTES, value);
                }
            }
        }
    }

    private static boolean stepped(TensorInfo info) {
        return info.type() == ElementType.F32 || info.type() == ElementType.F64;
    }

    private static double value(TensorInfo info, ByteBuffer bytes, int entry) {
        return info.type() == ElementType.F32
                ? bytes.getFloat(entry * Float.BYTES)
                : bytes.getDouble(entry * Double.BYTES);
    }

    /// @return 0 if this tensor cannot be stored in steps
    private static double step(TensorInfo info, ByteBuffer base, ByteBuffer changed, Block block) {
        if (!stepped(info)) {
            return 0;
        }
        double largest = 0;
        for (int row : block.rows()) {
            for (int column : block.columns()) {
                int entry = block.entry(row, column);
                // NaN stays, because Math.max returns it.
                largest = Math.max(largest, Math.abs(value(info, changed, entry) - value(info, base, entry)));
            }
        }
        double step = largest / STEPS;
        return Double.isFinite(step) && step >= Double.MIN_NORMAL ? step : 0;
    }

    /// Rows and columns of a tensor.
    ///
    /// @param width how many columns the tensor has
    private record Block(int width, int[] rows, int[] columns) {
        static Block of(TensorInfo info, ByteBuffer base, ByteBuffer changed) {
            int height = height(info);
            int width = Math.toIntExact(info.size() / height);
            int size = info.type().bytes();
            boolean[] rows = new boolean[height];
            boolean[] columns = new boolean[width];
            int from = base.mismatch(changed);
            while (from >= 0 && from < base.limit()) {
                int entry = from / size;
                rows[entry / width] = true;
                columns[entry % width] = true;
                from = (entry + 1) * size;
                int next = base.slice(from, base.limit() - from).mismatch(changed.slice(from, changed.limit() - from));
                from = next < 0 ? -1 : from + next;
            }
            return new Block(width, chosen(rows), chosen(columns));
        }

        private static int height(TensorInfo info) {
            return info.shape().isEmpty() ? 1 : Math.toIntExact(info.shape().getFirst());
        }

        private static int[] chosen(boolean[] in) {
            return java.util.stream.IntStream.range(0, in.length)
                    .filter(i -> in[i])
                    .toArray();
        }

        long entries() {
            return (long) rows.length * columns.length;
        }

        int entry(int row, int column) {
            return row * width + column;
        }

        /// Space for ranges of one row or column each, which is the maximum.
        int bytes() {
            return 2 * Integer.BYTES * (1 + rows.length + columns.length);
        }

        void write(ByteBuffer out) {
            write(rows, out);
            write(columns, out);
        }

        private static void write(int[] chosen, ByteBuffer out) {
            int count = out.position();
            out.putInt(0);
            int ranges = 0;
            for (int i = 0; i < chosen.length; ranges++) {
                int end = i + 1;
                while (end < chosen.length && chosen[end] == chosen[end - 1] + 1) {
                    end++;
                }
                out.putInt(chosen[i]).putInt(chosen[end - 1] + 1);
                i = end;
            }
            out.putInt(count, ranges);
        }

        static Block read(TensorInfo info, DataInputStream in) throws IOException {
            if (info.size() == 0) {
                throw new Damaged(Message.of("checkpoint.delta-empty-tensor"));
            }
            int height = height(info);
            int width = Math.toIntExact(info.size() / height);
            return new Block(width, read(height, in), read(width, in));
        }

        private static int[] read(int size, DataInputStream in) throws IOException {
            int count = Integer.reverseBytes(in.readInt());
            int[] chosen = new int[Math.min(size, 1024)];
            int length = 0;
            int last = 0;
            for (int i = 0; i < count; i++) {
                int begin = Integer.reverseBytes(in.readInt());
                int end = Integer.reverseBytes(in.readInt());
                if (begin < last || end <= begin || end > size) {
                    throw new Damaged(Message.of("checkpoint.delta-entries-unknown"));
                }
                last = end;
                for (int at = begin; at < end; at++) {
                    if (length == chosen.length) {
                        chosen = Arrays.copyOf(chosen, Math.min(size, 2 * length));
                    }
                    chosen[length++] = at;
                }
            }
            return Arrays.copyOf(chosen, length);
        }
    }
}
