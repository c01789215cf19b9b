/// The project folder: its files and their versions, atomic writes, and provenance. Everything that the window shows
/// can be read back from here.
@NullMarked
package sirkuit.project;

import org.jspecify.annotations.NullMarked;
