/// A project as one page to send: the question, the findings, and how to reproduce them.
@NullMarked
package sirkuit.report;

import org.jspecify.annotations.NullMarked;
