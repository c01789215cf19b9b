@NullMarked
package sirkuit.app.sentence;

import org.jspecify.annotations.NullMarked;
