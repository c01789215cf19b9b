/// The pages of the presentation and the keys that lead through them.
@NullMarked
package sirkuit.app.present.stage;

import org.jspecify.annotations.NullMarked;
