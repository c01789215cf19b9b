@NullMarked
package sirkuit.app.present;

import org.jspecify.annotations.NullMarked;
