/// What every package uses: [sirkuit.Problem] (an error with a remedy), atomic writes, and reading and writing JSON. It
/// uses no other package of the project.
@NullMarked
package sirkuit;

import org.jspecify.annotations.NullMarked;
