@NullMarked
package sirkuit.app.runs;

import org.jspecify.annotations.NullMarked;
