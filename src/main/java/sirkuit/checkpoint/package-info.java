/// Hugging Face folders: reading and writing `config.json`, safetensors and `tokenizer.json`. Whatever is wrong in a
/// file becomes a [sirkuit.Problem] that names it. The package does not know how a transformer computes.
@NullMarked
package sirkuit.checkpoint;

import org.jspecify.annotations.NullMarked;
