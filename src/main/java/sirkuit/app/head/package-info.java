/// One head: its scores and ranks, how far away it looks, the texts it helps and hurts most, and the user's notes about
/// it.
@NullMarked
package sirkuit.app.head;

import org.jspecify.annotations.NullMarked;
