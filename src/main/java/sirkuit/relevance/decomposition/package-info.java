/// CD-T: contextual decomposition of the forward pass.
@NullMarked
package sirkuit.relevance.decomposition;

import org.jspecify.annotations.NullMarked;
