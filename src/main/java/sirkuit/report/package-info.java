/// A project as one page to send: what was asked, what was found, and how to do it again.
@NullMarked
package sirkuit.report;

import org.jspecify.annotations.NullMarked;
