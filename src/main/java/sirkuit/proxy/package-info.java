/// Makes a proxy from a base checkpoint: the checkpoint that a run starts from, and what becomes of its result.
@NullMarked
package sirkuit.proxy;

import org.jspecify.annotations.NullMarked;
