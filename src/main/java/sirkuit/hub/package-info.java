/// Checkpoints from a hub with Hugging Face's protocol, stored in the cache of Python's `huggingface_hub`, so that the
/// two programs share their downloads. Only files that cannot run code are fetched, and each is checked against the
/// digest that the hub states.
@NullMarked
package sirkuit.hub;

import org.jspecify.annotations.NullMarked;
