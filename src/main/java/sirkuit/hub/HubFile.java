package sirkuit.hub;

import org.jspecify.annotations.Nullable;

/// A file of a model as its hub lists it.
///
/// @param name   within the repository
/// @param size   in bytes; -1 when the hub does not say
/// @param digest the expected digest; null when the hub does not say
record HubFile(String name, long size, @Nullable ContentDigest digest) {
    static final long UNKNOWN = -1;

    /// A petabyte. No file is that large, and sums of many such sizes do not overflow.
    private static final long LARGEST = 1L << 50;

    /// @return unknown for a value that cannot be a size
    static long size(long stated) {
        return stated < 0 || stated > LARGEST ? UNKNOWN : stated;
    }

    boolean known() {
        return size >= 0 && digest != null;
    }
}
