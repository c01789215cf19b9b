@NullMarked
package sirkuit.app.workbench.pane;

import org.jspecify.annotations.NullMarked;
