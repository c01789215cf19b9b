@NullMarked
package sirkuit.app.shell;

import org.jspecify.annotations.NullMarked;
