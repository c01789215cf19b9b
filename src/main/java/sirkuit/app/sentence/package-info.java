/// One sentence: the model's answer, which words decide it, what a head attends to, which heads decide the answer, and
/// the answer without the heads of the mask.
@NullMarked
package sirkuit.app.sentence;

import org.jspecify.annotations.NullMarked;
