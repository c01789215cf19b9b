@NullMarked
package sirkuit.app.data;

import org.jspecify.annotations.NullMarked;
