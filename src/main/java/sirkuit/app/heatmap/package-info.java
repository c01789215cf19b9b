/// The relevance of every head as a heatmap: which scores are shown in which colours, and which heads are selected,
/// searched for and marked.
@NullMarked
package sirkuit.app.heatmap;

import org.jspecify.annotations.NullMarked;
