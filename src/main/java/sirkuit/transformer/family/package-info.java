/// Model families: each makes a specification from a configuration and tensor names.
@NullMarked
package sirkuit.transformer.family;

import org.jspecify.annotations.NullMarked;
