@NullMarked
package sirkuit.app.figure;

import org.jspecify.annotations.NullMarked;
