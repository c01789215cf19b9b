/// What opens above the window: new project, fetch, preferences, engine, log, about, questions.
@NullMarked
package sirkuit.app.dialog;

import org.jspecify.annotations.NullMarked;
