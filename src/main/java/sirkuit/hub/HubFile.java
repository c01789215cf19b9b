package sirkuit.hub;

import org.jspecify.annotations.Nullable;

/// A file of a model as its hub lists it.
///
/// @param name   within the repository
/// @param size   in bytes; -1 when the hub does not say
/// @param digest what it must hash to; null when the hub does not say
record HubFile(String name, long size, @Nullable ContentDigest digest) {
    static final long UNKNOWN = -1;

    boolean known() {
        return size >= 0 && digest != null;
    }
}
