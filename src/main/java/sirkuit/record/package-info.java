/// The content of a project's files: data files, labels, prompts, settings of runs, scores, provenance.
@NullMarked
package sirkuit.record;

import org.jspecify.annotations.NullMarked;
