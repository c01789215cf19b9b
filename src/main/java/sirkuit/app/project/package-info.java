/// Opening a project, making one, fetching a checkpoint for it.
@NullMarked
package sirkuit.app.project;

import org.jspecify.annotations.NullMarked;
