/// What a run's events say: the only place where they are interpreted.
@NullMarked
package sirkuit.run.state;

import org.jspecify.annotations.NullMarked;
