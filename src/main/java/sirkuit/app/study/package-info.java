/// Planning a study and following its progress.
@NullMarked
package sirkuit.app.study;

import org.jspecify.annotations.NullMarked;
