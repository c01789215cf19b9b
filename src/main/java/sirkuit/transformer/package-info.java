/// One transformer described by data ([sirkuit.transformer.TransformerSpec]), its forward pass and the activations that
/// the relevance methods need. A family (BERT, ...) is a mapping from `config.json` and tensor names to a spec; the
/// forward pass does not know families.
@NullMarked
package sirkuit.transformer;

import org.jspecify.annotations.NullMarked;
