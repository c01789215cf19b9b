@NullMarked
package sirkuit.app.workbench;

import org.jspecify.annotations.NullMarked;
