/// Hugging Face folders: `config.json`, safetensors in and out, `tokenizer.json`. What is wrong in a file becomes a
/// [sirkuit.Problem] that names it. Knows nothing of how a transformer computes.
@NullMarked
package sirkuit.checkpoint;

import org.jspecify.annotations.NullMarked;
