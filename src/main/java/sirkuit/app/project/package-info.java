/// Opening a project, creating one, and fetching a checkpoint for it.
@NullMarked
package sirkuit.app.project;

import org.jspecify.annotations.NullMarked;
