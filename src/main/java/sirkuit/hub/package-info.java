/// Checkpoints from a hub that speaks as Hugging Face's does, kept in the cache that Python's `huggingface_hub` keeps,
/// so that neither fetches what the other has. Only files that cannot run anything are fetched, and each is checked
/// against the digest the hub states for it.
@NullMarked
package sirkuit.hub;

import org.jspecify.annotations.NullMarked;
