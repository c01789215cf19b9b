/// Texts one by one with what a checkpoint says of them: searched, filtered, and compared before and after a run.
@NullMarked
package sirkuit.app.browser;

import org.jspecify.annotations.NullMarked;
