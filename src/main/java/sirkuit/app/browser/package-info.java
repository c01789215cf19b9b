/// Texts one by one with a checkpoint's predictions: searched, filtered, and compared before and after a run.
@NullMarked
package sirkuit.app.browser;

import org.jspecify.annotations.NullMarked;
