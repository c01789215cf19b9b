@NullMarked
package sirkuit.app;

import org.jspecify.annotations.NullMarked;
