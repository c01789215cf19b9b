/// Tries a tokenizer in a process of its own before the engine opens it.
@NullMarked
package sirkuit.checkpoint.tokenizer.trial;

import org.jspecify.annotations.NullMarked;
