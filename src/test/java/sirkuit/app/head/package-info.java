@NullMarked
package sirkuit.app.head;

import org.jspecify.annotations.NullMarked;
