/// The causal check of the selected heads: what the model can do with only them, and without them.
@NullMarked
package sirkuit.app.causal;

import org.jspecify.annotations.NullMarked;
