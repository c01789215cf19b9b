package sirkuit.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.Version;

/// The connection to one hub. Redirects are followed here, so that the token is sent only to the hub and not to a host
/// that it redirects to.
final class HubConnection implements AutoCloseable {
    private static final int MOST_REDIRECTS = 10;
    private static final int LARGEST_LISTING = 64 << 20;

    private final HubSettings settings;
    private final HubPatience patience;
    private final HttpClient client;

    HubConnection(HubSettings settings, HubPatience patience) {
        this.settings = settings;
        this.patience = patience;
        client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience.silence())
                .build();
    }

    /// A response, to be closed.
    ///
    /// @param headers of the last response
    /// @param hub     headers of the hub itself, which may have redirected
    record Answer(int status, HttpHeaders headers, HttpHeaders hub, WatchedBody body) implements AutoCloseable {
        boolean page() {
            return headers.firstValue("content-type").orElse("").startsWith("text/html");
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /// The files of a revision.
    ///
    /// @throws Problem when the hub refuses, or answers with something else
    /// @throws IOException when it cannot be reached
    HubListing listing(HubModel model) throws IOException, InterruptedException {
        URI address = URI.create(settings.endpoint() + "/api/models/" + model.repository() + "/revision/"
                + encoded(model.revision()) + "?blobs=true");
        long end = System.nanoTime() + patience.listing().toNanos(); // of all attempts together
        return persistently(() -> {
            try (Answer answer = send("GET", address, 0, true)) {
                requireDone(answer, model, null);
                answer.body().within(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
                byte[] text = answer.body().readNBytes(LARGEST_LISTING + 1);
                if (text.length > LARGEST_LISTING) {
                    throw Problem.work("hub.listing-too-large", settings.host(), model, LARGEST_LISTING >> 20);
                }
                return HubListing.of(Json.MAPPER.readTree(text), model, settings.host());
            } catch (JsonProcessingException e) {
                throw Refusal.page(settings, "the files of " + model);
            }
        });
    }

    /// Size and digest of a file that was listed without them, from the response's headers.
    ///
    /// @throws Problem when the hub does not state them there either
    HubFile described(HubModel model, String commit, HubFile file) throws IOException, InterruptedException {
        return persistently(() -> {
            try (Answer answer = send("HEAD", address(model, commit, file), 0, false)) {
                if (answer.status() >= 400) {
                    requireDone(answer, model, file.name());
                }
                HttpHeaders told = answer.hub();
                ContentDigest digest = ContentDigest.of(told.firstValue("x-linked-etag")
                        .or(() -> told.firstValue("etag"))
                        .orElse(null));
                long linked = size(told, "x-linked-size");
                long size =
                        linked >= 0 ? linked : answer.status() < 300 ? size(told, "content-length") : HubFile.UNKNOWN;
                HubFile known = new HubFile(
                        file.name(),
                        file.size() >= 0 ? file.size() : size,
                        file.digest() == null ? digest : file.digest());
                if (!known.known()) {
                    throw Problem.of("hub.no-size-or-digest", settings.host(), file.name());
                }
                return known;
            }
        });
    }

    /// The bytes of a file from some position on. The hub may begin at another one, and then says so.
    ///
    /// @throws Problem when the hub refuses, or answers with something else
    Answer open(HubModel model, String commit, HubFile file, long from) throws IOException, InterruptedException {
        Answer answer = send("GET", address(model, commit, file), from, true);
        try {
            if (answer.status() != 416) {
                requireDone(answer, model, file.name());
            }
            String told = answer.hub().firstValue("x-repo-commit").orElse(commit);
            if (!told.equals(commit)) {
                throw Problem.work("hub.other-commit", settings.host(), file.name());
            }
            return answer;
        } catch (RuntimeException | IOException e) {
            answer.close();
            throw e;
        }
    }

    private void requireDone(Answer answer, HubModel model, @Nullable String file) throws IOException {
        if (HubBusy.is(answer.status())) {
            Duration asked = answer.headers()
                    .firstValue("retry-after")
                    .filter(s -> s.matches("\\d{1,6}"))
                    .map(s -> Duration.ofSeconds(Long.parseLong(s)))
                    .orElse(Duration.ZERO);
            throw new HubBusy(answer.status(), asked);
        }
        if (answer.status() != 200 && answer.status() != 206) {
            String code = answer.headers().firstValue("x-error-code").orElse(null);
            throw Refusal.of(answer.status(), code, model, settings, file);
        }
        if (answer.page()) {
            throw Refusal.page(settings, file == null ? "the files of " + model : file);
        }
    }

    /// @param abroad whether to follow redirects to other hosts
    private Answer send(String method, URI first, long from, boolean abroad) throws IOException, InterruptedException {
        URI address = first;
        HttpHeaders hub = null;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            boolean own = own(address);
            HttpResponse<InputStream> response = sent(request(method, address, from, own));
            if (own || hub == null) {
                hub = response.headers();
            }
            String onward = response.headers().firstValue("location").orElse(null);
            boolean redirect = response.statusCode() >= 301 && response.statusCode() <= 308 && onward != null;
            URI next = redirect ? resolved(address, Objects.requireNonNull(onward)) : address;
            if (!redirect || (!abroad && !own(next))) {
                return new Answer(
                        response.statusCode(),
                        response.headers(),
                        hub,
                        new WatchedBody(response.body(), patience.silence()));
            }
            response.body().close();
            address = next;
        }
        throw new IOException("it sends from one address to the next without end");
    }

    private boolean own(URI address) {
        URI hub = settings.endpoint();
        return hub.getScheme().equalsIgnoreCase(address.getScheme())
                && String.valueOf(hub.getHost()).equalsIgnoreCase(address.getHost())
                && port(hub) == port(address);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static URI resolved(URI from, String onward) throws IOException {
        try {
            URI next = from.resolve(onward);
            String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
            if (next.getHost() != null
                    && (scheme.equals("https") || (scheme.equals("http") && "http".equals(from.getScheme())))) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw new IOException("it sends to an address that is not safe");
    }

    private HttpRequest request(String method, URI address, long from, boolean own) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("User-Agent", "sirkuit/" + Version.current())
                .header("Accept-Encoding", "identity"); // sizes and ranges are of the file itself
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        if (own && settings.token() != null) {
            request.header("Authorization", "Bearer " + settings.token());
        }
        return request.build();
    }

    /// Sends a request with a separate time limit. In later versions of Java, the request's own limit would include
    /// the body.
    private HttpResponse<InputStream> sent(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            return answer.get(patience.silence().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("it does not answer");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    private <T> T persistently(Attempt<T> attempt) throws IOException, InterruptedException {
        int most = Math.min(3, patience.attempts());
        for (int failures = 1; ; failures++) {
            try {
                return attempt.run();
            } catch (IOException e) {
                if (failures >= most) {
                    throw e;
                }
                patience.pause(failures, HubBusy.asked(e));
            }
        }
    }

    private URI address(HubModel model, String commit, HubFile file) {
        String path = Arrays.stream(file.name().split("/"))
                .map(HubConnection::encoded)
                .collect(Collectors.joining("/"));
        return URI.create(settings.endpoint() + "/" + model.repository() + "/resolve/" + commit + "/" + path);
    }

    /// @return [HubFile#UNKNOWN] when it is not stated, or is not a possible size
    static long size(HttpHeaders headers, String name) {
        String stated = headers.firstValue(name).orElse("").strip();
        return stated.matches("\\d{1,18}") ? HubFile.size(Long.parseLong(stated)) : HubFile.UNKNOWN;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
