/// What the files of a project say: data files, labels, prompts, settings of runs, scores, provenance.
@NullMarked
package sirkuit.record;

import org.jspecify.annotations.NullMarked;
