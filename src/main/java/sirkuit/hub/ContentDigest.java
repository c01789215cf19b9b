package sirkuit.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The expected digest of a file, which is also the name of its blob in the cache.
///
/// @param kind how it is computed
/// @param hex  in lower case
record ContentDigest(Kind kind, String hex) {
    enum Kind {
        /// Of the bytes: files that the hub keeps in large file storage.
        SHA256("SHA-256"),
        /// Of `blob`, the size and the bytes, as git names a file's content.
        GIT_BLOB("SHA-1");

        private final String algorithm;

        Kind(String algorithm) {
            this.algorithm = algorithm;
        }
    }

    /// Reads an etag or an object's id; null when it is neither.
    static @Nullable ContentDigest of(@Nullable String tag) {
        if (tag == null) {
            return null;
        }
        String hex = tag.strip().replaceFirst("^W/", "").replace("\"", "").toLowerCase(Locale.ROOT);
        if (hex.matches("[0-9a-f]{64}")) {
            return new ContentDigest(Kind.SHA256, hex);
        }
        return hex.matches("[0-9a-f]{40}") ? new ContentDigest(Kind.GIT_BLOB, hex) : null;
    }

    /// The digest of the same kind, computed for a file.
    ContentDigest of(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(kind.algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has both
        }
        if (kind == Kind.GIT_BLOB) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
        }
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new ContentDigest(kind, HexFormat.of().formatHex(digest.digest()));
    }
}
