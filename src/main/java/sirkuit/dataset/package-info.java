/// Labelled texts: reading them, matching their labels to a checkpoint's classes, finding the other splits, drawing
/// label-balanced samples. Pure Java.
@NullMarked
package sirkuit.dataset;

import org.jspecify.annotations.NullMarked;
