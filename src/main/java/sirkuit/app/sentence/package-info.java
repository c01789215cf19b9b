/// One sentence: what the model makes of it, what a head reads in it, which heads decide it, and what is left of that
/// without the mask's heads.
@NullMarked
package sirkuit.app.sentence;

import org.jspecify.annotations.NullMarked;
