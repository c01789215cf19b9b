/// The ground every room stands on: [sirkuit.Problem] (an error with advice), atomic writes, and how JSON is read and
/// written. Uses nothing else of the project.
@NullMarked
package sirkuit;

import org.jspecify.annotations.NullMarked;
