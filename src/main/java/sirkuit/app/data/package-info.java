/// The project's input: the checkpoint and the texts of the two languages, chosen, checked and shown.
@NullMarked
package sirkuit.app.data;

import org.jspecify.annotations.NullMarked;
