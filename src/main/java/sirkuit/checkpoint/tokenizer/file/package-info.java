/// `tokenizer.json` as it is written.
@NullMarked
package sirkuit.checkpoint.tokenizer.file;

import org.jspecify.annotations.NullMarked;
