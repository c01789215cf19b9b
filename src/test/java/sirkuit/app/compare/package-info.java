@NullMarked
package sirkuit.app.compare;

import org.jspecify.annotations.NullMarked;
