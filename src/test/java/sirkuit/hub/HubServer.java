package sirkuit.hub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;

/// A hub on this machine, and another host that large files are sent from; it breaks when it is told to.
public final class HubServer implements AutoCloseable {
    public static final String MODEL = "some-org/tiny-bert";
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /// What goes wrong with one answer about a file.
    enum Fault {
        /// The connection breaks in the middle.
        DROP,
        /// Half of the bytes, said to be all.
        SHORT,
        /// More bytes than there are.
        LONG,
        /// As many bytes, others.
        OTHER_BYTES,
        /// The whole file whatever range was asked for.
        IGNORE_RANGE,
        BUSY,
        PAGE,
        GONE,
        OTHER_COMMIT
    }

    /// @param token what stood in Authorization
    record Asked(
            String host,
            String method,
            String path,
            @Nullable String range,
            @Nullable String token) {}

    private final HttpServer hub = server();
    private final HttpServer elsewhere = server();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<String> listedToo = new ArrayList<>();
    private volatile @Nullable String token;
    private volatile int refusal;
    private volatile @Nullable String refusalCode;
    private volatile boolean sizesListed = true;
    private volatile boolean page;
    private volatile boolean slow;
    private volatile boolean dripping;
    private volatile @Nullable String stated;

    public HubServer() {
        hub.createContext("/", e -> answered(e, this::answer));
        elsewhere.createContext("/", e -> answered(e, this::large));
        hub.start();
        elsewhere.start();
    }

    private static HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return address(hub);
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Offers all files of a folder.
    public HubServer offering(Path folder) {
        try (var all = Files.list(folder)) {
            for (Path file : all.sorted().toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    HubServer offering(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    HubServer without(String name) {
        files.remove(name);
        return this;
    }

    /// Names it in the listing, and has nothing behind it.
    HubServer listing(String name) {
        listedToo.add(name);
        return this;
    }

    HubServer breaking(String file, Fault... how) {
        faults.put(file, new ArrayDeque<>(List.of(how)));
        return this;
    }

    HubServer needing(String secret) {
        token = secret;
        return this;
    }

    HubServer refusing(int status, @Nullable String code) {
        refusal = status;
        refusalCode = code;
        return this;
    }

    /// Its listing states this as the size of the weights, such as `1e300`.
    HubServer stating(String size) {
        stated = size;
        return this;
    }

    /// Its listing comes a byte at a time.
    HubServer dripping() {
        dripping = true;
        return this;
    }

    HubServer withoutSizes() {
        sizesListed = false;
        return this;
    }

    HubServer showingAPage() {
        page = true;
        return this;
    }

    /// Sends half of each large file and then nothing.
    public HubServer pausing() {
        slow = true;
        return this;
    }

    /// Sends all of them again.
    public HubServer going() {
        slow = false;
        return this;
    }

    List<Asked> asked() {
        return asked;
    }

    List<Asked> askedFor(String file) {
        return asked.stream()
                .filter(a -> a.method().equals("GET") && a.path().endsWith("/" + file))
                .toList();
    }

    byte[] content(String name) {
        return java.util.Objects.requireNonNull(files.get(name));
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void answered(HttpExchange exchange, Handler handler) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(new Asked(
                exchange.getLocalAddress().getPort() == hub.getAddress().getPort() ? "hub" : "elsewhere",
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Range"),
                authorization));
        try (exchange) {
            handler.handle(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (page) {
            say(exchange, 200, "text/html; charset=utf-8", "<html>Sign in to the network</html>");
        } else if (refusal > 0) {
            if (refusalCode != null) {
                exchange.getResponseHeaders().set("X-Error-Code", refusalCode);
            }
            say(exchange, refusal, "application/json", "{\"error\": \"no\"}");
        } else if (token != null
                && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            say(exchange, 401, "application/json", "{\"error\": \"Invalid username or password.\"}");
        } else if (path.startsWith("/api/models/" + MODEL + "/revision/")) {
            String text = Json.line(listing());
            if (stated != null) {
                text = text.replaceAll("\"size\":\\d+", "\"size\":" + stated);
            }
            if (dripping) {
                drip(exchange, text);
            } else {
                say(exchange, 200, "application/json", text);
            }
        } else {
            String before = "/" + MODEL + "/resolve/" + COMMIT + "/";
            String name = path.startsWith(before) ? path.substring(before.length()) : "";
            if (!files.containsKey(name)) {
                say(exchange, 404, "application/json", "{\"error\": \"Entry not found\"}");
            } else {
                file(exchange, name);
            }
        }
    }

    private static void drip(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            exchange.getResponseBody().write(b);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private ObjectNode listing() throws IOException {
        ObjectNode listing = Json.MAPPER.createObjectNode().put("id", MODEL).put("sha", COMMIT);
        ArrayNode siblings = listing.putArray("siblings");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            ObjectNode sibling = siblings.addObject().put("rfilename", file.getKey());
            if (sizesListed) {
                sibling.put("size", file.getValue().length).put("blobId", gitDigest(file.getValue()));
                if (isLarge(file.getKey())) {
                    sibling.putObject("lfs")
                            .put("sha256", sha256(file.getValue()))
                            .put("size", file.getValue().length)
                            .put("pointerSize", 134);
                }
            }
        }
        listedToo.forEach(name -> siblings.addObject().put("rfilename", name).put("size", 3));
        return listing;
    }

    static boolean isLarge(String name) {
        return name.endsWith(".safetensors");
    }

    private void file(HttpExchange exchange, String name) throws IOException {
        byte[] content = content(name);
        exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
        if (isLarge(name)) {
            exchange.getResponseHeaders().set("X-Linked-Size", Integer.toString(content.length));
            exchange.getResponseHeaders().set("X-Linked-Etag", '"' + sha256(content) + '"');
            exchange.getResponseHeaders().set("Location", address(elsewhere) + "/store/" + name + "?signature=x");
            exchange.sendResponseHeaders(302, -1);
        } else {
            exchange.getResponseHeaders().set("ETag", '"' + gitDigest(content) + '"');
            send(exchange, name, content);
        }
    }

    private void large(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        send(exchange, name, content(name));
    }

    private void send(HttpExchange exchange, String name, byte[] content) throws IOException {
        Deque<Fault> waiting = faults.getOrDefault(name, new ArrayDeque<>());
        Fault fault = exchange.getRequestMethod().equals("GET") ? waiting.poll() : null;
        switch (fault) {
            case BUSY -> say(exchange, 503, "text/plain", "busy");
            case GONE -> say(exchange, 404, "text/plain", "gone");
            case PAGE -> say(exchange, 200, "text/html", "<html>Sign in to the network</html>");
            case OTHER_COMMIT -> {
                exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT.replace('0', 'f'));
                bytes(exchange, content, 0, content.length);
            }
            case SHORT -> bytes(exchange, java.util.Arrays.copyOf(content, content.length / 2), 0, -1);
            case LONG -> bytes(exchange, java.util.Arrays.copyOf(content, content.length + 9), 0, 0);
            case OTHER_BYTES -> {
                byte[] other = content.clone();
                other[other.length / 2] ^= 1;
                bytes(exchange, other, 0, other.length);
            }
            case IGNORE_RANGE -> bytes(exchange, content, 0, content.length);
            case DROP -> ranged(exchange, content, true);
            case null -> ranged(exchange, content, slow && isLarge(name));
        }
    }

    private void ranged(HttpExchange exchange, byte[] content, boolean half) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        if (from >= content.length && content.length > 0) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (range != null) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
        OutputStream out = exchange.getResponseBody();
        int length = half ? (content.length - from) / 2 : content.length - from;
        out.write(content, from, length);
        out.flush();
        if (half && slow) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// @param length 0 for a body whose length is not said before; -1 for its own
    private static void bytes(HttpExchange exchange, byte[] content, int from, int length) throws IOException {
        exchange.sendResponseHeaders(200, length < 0 ? content.length : length);
        exchange.getResponseBody().write(content, from, content.length - from);
    }

    private static void say(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static String sha256(byte[] content) throws IOException {
        return digest("SHA-256", content);
    }

    static String gitDigest(byte[] content) throws IOException {
        byte[] before = ("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(before, before.length + content.length);
        System.arraycopy(content, 0, all, before.length, content.length);
        return digest("SHA-1", all);
    }

    private static String digest(String algorithm, byte[] content) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance(algorithm).digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    /// Answers nobody any more.
    @Override
    public void close() {
        hub.stop(0);
        elsewhere.stop(0);
    }
}
