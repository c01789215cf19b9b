package sirkuit.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// The hub, the account, and the folder for its files.
///
/// @param endpoint address of the hub, without a slash at the end
/// @param token    sent to that host and to no other; null for none
/// @param cache    folder of `models--ORG--NAME` folders
/// @param offline  whether only the cache is used
public record HubSettings(URI endpoint, @Nullable String token, Path cache, boolean offline) {
    public static final String PUBLIC_HUB = "https://huggingface.co";

    /// The settings in the environment, in the same variables as for Python's `huggingface_hub`.
    ///
    /// @param endpoint another hub than the environment's; null or blank for the environment's
    /// @throws Problem when an address or a token is not valid
    public static HubSettings of(Map<String, String> environment, @Nullable String endpoint) {
        Path home = home(environment);
        String named = first(environment, "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE");
        String hub = endpoint == null || endpoint.isBlank() ? environment.get("HF_ENDPOINT") : endpoint;
        return new HubSettings(
                address(hub == null || hub.isBlank() ? PUBLIC_HUB : hub),
                token(environment, home),
                named == null ? home.resolve("hub") : expanded(named),
                yes(first(environment, "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")));
    }

    /// The same without using the network.
    public HubSettings offline(boolean only) {
        return new HubSettings(endpoint, token, cache, offline || only);
    }

    /// The hub's name for people.
    String host() {
        return endpoint.getAuthority();
    }

    private static URI address(String typed) {
        String text = typed.strip().replaceAll("/+$", "");
        try {
            URI uri = URI.create(text.contains("://") ? text : "https://" + text);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw Problem.of("hub.bad-hub-address", typed);
    }

    private static Path home(Map<String, String> environment) {
        String named = first(environment, "HF_HOME");
        if (named != null) {
            return expanded(named);
        }
        String caches = first(environment, "XDG_CACHE_HOME");
        return (caches == null ? expanded("~/.cache") : expanded(caches)).resolve("huggingface");
    }

    private static Path expanded(String path) {
        String user = System.getProperty("user.home");
        return Path.of(path.equals("~") || path.startsWith("~/") ? user + path.substring(1) : path)
                .toAbsolutePath()
                .normalize();
    }

    private static @Nullable String token(Map<String, String> environment, Path home) {
        String token = first(environment, "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN");
        String where = "HF_TOKEN";
        if (token == null) {
            String named = first(environment, "HF_TOKEN_PATH");
            Path file = named == null ? home.resolve("token") : expanded(named);
            where = file.toString();
            try {
                RegularFile.require(file);
                token = Files.exists(file) ? Files.readString(file) : "";
            } catch (IOException e) {
                return null; // treated as none, because most models need none
            }
        }
        token = token.strip();
        if (!token.matches("[!-~]*")) {
            throw Problem.of("hub.bad-token", where);
        }
        return token.isEmpty() ? null : token;
    }

    private static @Nullable String first(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    private static boolean yes(@Nullable String value) {
        return value != null && value.toUpperCase(Locale.ROOT).matches("1|ON|YES|TRUE");
    }

    /// Without the token, which must not be logged.
    @Override
    public String toString() {
        return endpoint + (token == null ? "" : " with a token") + (offline ? ", offline" : "") + ", cache " + cache;
    }
}
