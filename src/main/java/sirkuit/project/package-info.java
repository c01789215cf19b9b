/// The project folder: its files and their versions, atomic writes, provenance, the event stream on disk. Everything
/// the window shows can be read back from here.
@NullMarked
package sirkuit.project;

import org.jspecify.annotations.NullMarked;
