package sirkuit.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// The body of a response. It is closed if no data arrives for too long, because otherwise reading it would never
/// return.
final class WatchedBody extends FilterInputStream {
    private static final String TOO_SLOW = "its answer takes too long";

    private volatile long last = System.nanoTime();
    private volatile long end = Long.MAX_VALUE;
    private volatile boolean silent;
    private final Thread watch;

    WatchedBody(InputStream body, Duration silence) {
        super(body);
        watch = Thread.ofVirtual().start(() -> watch(silence));
    }

    /// Sets a time limit for the whole body from now on.
    void within(Duration time) {
        end = System.nanoTime() + time.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int read = super.read(into, offset, length);
            if (read < 0 && silent) {
                throw new IOException("nothing came for too long");
            }
            last = System.nanoTime();
            if (end != Long.MAX_VALUE && last - end > 0) {
                throw new IOException(TOO_SLOW);
            }
            return read;
        } catch (IOException e) {
            throw silent ? new IOException("nothing came for too long", e) : e;
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        super.close();
    }

    private void watch(Duration silence) {
        try {
            while (System.nanoTime() - last < silence.toNanos()) {
                Thread.sleep(silence.dividedBy(8));
            }
            silent = true;
            super.close();
        } catch (InterruptedException | IOException e) {
            // It was closed, or is now.
        }
    }
}
