@NullMarked
package sirkuit.app.look;

import org.jspecify.annotations.NullMarked;
