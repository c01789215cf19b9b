/// The state of a run according to its events. They are interpreted only here.
@NullMarked
package sirkuit.run.state;

import org.jspecify.annotations.NullMarked;
