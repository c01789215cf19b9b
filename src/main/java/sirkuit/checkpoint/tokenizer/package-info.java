/// A folder's tokenizer, as transformers reads it.
@NullMarked
package sirkuit.checkpoint.tokenizer;

import org.jspecify.annotations.NullMarked;
