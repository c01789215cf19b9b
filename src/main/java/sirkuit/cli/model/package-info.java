/// The commands about a checkpoint and its heads: they score, select and check heads, and measure the checkpoint.
@NullMarked
package sirkuit.cli.model;

import org.jspecify.annotations.NullMarked;
