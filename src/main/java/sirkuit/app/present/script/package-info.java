/// What a project says about its presentation: pages, texts, and names for the audience.
@NullMarked
package sirkuit.app.present.script;

import org.jspecify.annotations.NullMarked;
