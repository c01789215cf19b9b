package sirkuit.hub;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sirkuit.Problem;

/// A model on a hub, and one of its revisions.
///
/// @param repository `ORG/NAME`, or only `NAME` for the oldest models
/// @param revision   a branch, a tag or a commit
public record HubModel(String repository, String revision) {
    public static final String MAIN = "main";

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?");
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}");
    private static final Pattern ADDRESS =
            Pattern.compile("https?://[^/]+/([^/?#]+/[^/?#]+)(?:/(?:tree|commit)/([^?#]+?))?/?(?:[?#].*)?");

    private static final Pattern PAGE_HOST = Pattern.compile("^https?://([^/]+)/.*$", Pattern.DOTALL);

    /// @throws Problem when either is not a possible name
    public HubModel {
        String[] parts = repository.split("/", -1);
        boolean plain = parts.length <= 2
                && Arrays.stream(parts).allMatch(p -> PART.matcher(p).matches());
        if (!plain || repository.contains("--") || repository.contains("..") || repository.endsWith(".git")) {
            throw Problem.of("hub.bad-model-name", repository);
        }
        if (!REVISION.matcher(revision).matches()
                || Arrays.stream(revision.split("/", -1)).anyMatch(p -> p.isEmpty() || p.startsWith("."))
                || revision.contains("..")) {
            throw Problem.of("hub.bad-revision-name", revision);
        }
    }

    /// Reads `ORG/NAME`, `ORG/NAME@REVISION`, or the address of a model's page.
    ///
    /// @throws Problem when it is none of these
    public static HubModel parse(String typed) {
        String text = typed.strip();
        Matcher address = ADDRESS.matcher(text);
        if (address.matches()) {
            return new HubModel(address.group(1), address.group(2) == null ? MAIN : address.group(2));
        }
        int at = text.indexOf('@');
        return at < 0 ? new HubModel(text, MAIN) : new HubModel(text.substring(0, at), text.substring(at + 1));
    }

    /// The same for one hub. The address of a page on another hub is not accepted.
    ///
    /// @throws Problem also when the page is on another hub
    public static HubModel parse(String typed, HubSettings settings) {
        HubModel model = parse(typed);
        Matcher page = ADDRESS.matcher(typed.strip());
        if (page.matches()) {
            String host = PAGE_HOST.matcher(typed.strip()).replaceFirst("$1");
            if (!sameHost(host, settings.host())) {
                throw Problem.of("hub.page-of-other-hub", typed.strip(), host, settings.host(), model);
            }
        }
        return model;
    }

    private static boolean sameHost(String a, String b) {
        return known(a).equals(known(b));
    }

    /// Normalises other names of the public hub, and default ports.
    private static String known(String host) {
        String plain = host.toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "").replaceFirst(":(443|80)$", "");
        return plain.equals("hf.co") ? "huggingface.co" : plain;
    }

    /// Whether the revision is a commit, which always means the same.
    boolean pinned() {
        return HubListing.COMMIT.matcher(revision).matches();
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        return revision.equals(MAIN) ? repository : repository + "@" + revision;
    }
}
