@NullMarked
package sirkuit.app.circuit;

import org.jspecify.annotations.NullMarked;
