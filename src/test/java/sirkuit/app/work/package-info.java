@NullMarked
package sirkuit.app.work;

import org.jspecify.annotations.NullMarked;
