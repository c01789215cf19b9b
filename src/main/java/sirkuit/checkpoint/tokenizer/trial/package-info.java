/// Tries a tokenizer in a separate process before the engine opens it.
@NullMarked
package sirkuit.checkpoint.tokenizer.trial;

import org.jspecify.annotations.NullMarked;
