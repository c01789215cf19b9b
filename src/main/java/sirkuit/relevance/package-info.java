/// How relevant each attention head is for a task: the mean baseline, contextual decomposition (CD-T), gradient and
/// mean ablation, with their standard errors. The formulas are those of arXiv 2601.08146 and 2407.00886.
@NullMarked
package sirkuit.relevance;

import org.jspecify.annotations.NullMarked;
