/// What the window and the report draw alike: colours, curves, axes. Numbers and names of colours only, no toolkit.
@NullMarked
package sirkuit.figure;

import org.jspecify.annotations.NullMarked;
