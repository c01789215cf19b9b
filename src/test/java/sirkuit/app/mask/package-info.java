@NullMarked
package sirkuit.app.mask;

import org.jspecify.annotations.NullMarked;
