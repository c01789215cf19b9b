/// Planning a study and following it.
@NullMarked
package sirkuit.app.study;

import org.jspecify.annotations.NullMarked;
