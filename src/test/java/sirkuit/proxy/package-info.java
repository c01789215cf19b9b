@NullMarked
package sirkuit.proxy;

import org.jspecify.annotations.NullMarked;
