package sirkuit.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// The files of a revision of a model.
///
/// @param commit forty hexadecimal digits
record HubListing(String commit, List<HubFile> files) {
    static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern UNSAFE = Pattern.compile("[\\\\:\\p{Cntrl}]");

    /// @throws Problem when the answer is not such a listing, or names files outside the repository
    static HubListing of(JsonNode answer, HubModel model, String host) {
        String commit = answer.path("sha").asText("");
        JsonNode siblings = answer.path("siblings");
        if (!COMMIT.matcher(commit).matches() || !siblings.isArray()) {
            throw Problem.work("hub.incomplete-listing", host, model);
        }
        List<HubFile> files = new ArrayList<>();
        for (JsonNode sibling : siblings) {
            String name = sibling.path("rfilename").asText("");
            requireInside(name, model);
            JsonNode large = sibling.path("lfs");
            long size =
                    size(name, large.path("size").isMissingNode() ? sibling.path("size") : large.path("size"), host);
            files.add(new HubFile(name, size, digest(sibling, large)));
        }
        return new HubListing(commit, List.copyOf(files));
    }

    /// @throws Problem when the stated value cannot be a size
    private static long size(String name, JsonNode stated, String host) {
        if (stated.isMissingNode() || stated.isNull()) {
            return HubFile.UNKNOWN;
        }
        long size = stated.isIntegralNumber() && stated.canConvertToLong()
                ? HubFile.size(stated.longValue())
                : HubFile.UNKNOWN;
        if (size == HubFile.UNKNOWN) {
            throw Problem.work("hub.impossible-size", host, name.replaceAll("\\p{Cntrl}", "?"), shortened(stated));
        }
        return size;
    }

    private static String shortened(JsonNode stated) {
        String text = stated.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static @Nullable ContentDigest digest(JsonNode sibling, JsonNode large) {
        String tag = large.isObject()
                ? large.path("sha256").asText(large.path("oid").asText(""))
                : sibling.path("blobId").asText("");
        return ContentDigest.of(tag);
    }

    private static void requireInside(String name, HubModel model) {
        boolean outside =
                name.isEmpty() || name.startsWith("/") || UNSAFE.matcher(name).find();
        for (String part : name.split("/", -1)) {
            outside |= part.isEmpty() || part.equals(".") || part.equals("..");
        }
        if (outside) {
            throw Problem.of("hub.file-outside-folder", model, name.replaceAll("\\p{Cntrl}", "?"));
        }
    }
}
