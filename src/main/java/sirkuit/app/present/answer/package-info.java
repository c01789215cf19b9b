/// What the engine is asked during a presentation, in the background, and what it answers.
@NullMarked
package sirkuit.app.present.answer;

import org.jspecify.annotations.NullMarked;
