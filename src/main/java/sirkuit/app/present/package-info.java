/// The open project for an audience: full screen, large, five pages in plain words. A slow or dead engine cannot break
/// them: each page falls back to earlier results and says so quietly.
@NullMarked
package sirkuit.app.present;

import org.jspecify.annotations.NullMarked;
