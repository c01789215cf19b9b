/// The data that a presentation saves in a project: sentences with their meanings, answers, what was kept and lost.
@NullMarked
package sirkuit.presentation;

import org.jspecify.annotations.NullMarked;
