@NullMarked
package sirkuit.app.causal;

import org.jspecify.annotations.NullMarked;
