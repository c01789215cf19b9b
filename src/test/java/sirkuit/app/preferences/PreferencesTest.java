package sirkuit.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.app.frame.CommandWords;
import sirkuit.app.frame.Sheets;
import sirkuit.app.look.Theme;

class PreferencesTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void theirFolderIsWhatTheEnvironmentSays() {
        assertThat(Preferences.folder(Map.of("SIRKUIT_HOME", "/elsewhere", "XDG_CONFIG_HOME", "/xdg")))
                .isEqualTo(Path.of("/elsewhere"));
        assertThat(Preferences.folder(Map.of("SIRKUIT_HOME", " ", "XDG_CONFIG_HOME", "/xdg")))
                .isEqualTo(Path.of("/xdg", "sirkuit"));
    }

    @Test
    void thoseOfEarlierAndLaterVersionsAreRead() throws IOException {
        Files.writeString(
                folder.resolve("preferences.json"),
                "{\"theme\": \"DARK\", \"recent\": [\"/a\"], \"engineCommand\": null, \"fromLater\": {\"x\": 1}}");
        Preferences old = Preferences.read(folder);
        assertThat(old.theme()).isEqualTo(Theme.DARK);
        assertThat(old.recent()).containsExactly("/a");
        assertThat(old.textSize()).isEqualTo(100);
    }

    @Test
    void damagedOnesBeginAnew() throws IOException {
        Files.writeString(folder.resolve("preferences.json"), "{\"theme\": ");
        assertThat(Preferences.read(folder)).isEqualTo(Preferences.NONE);
    }

    @Test
    void whatIsWrittenComesBack() {
        Preferences all = new Preferences(
                Theme.LIGHT, List.of("/a"), List.of("ssh", "host"), 150, "id", "cuda:1", 4, 4096, List.of("tune"));
        all.write(folder);
        assertThat(Preferences.read(folder)).isEqualTo(all);
    }

    @Test
    void theScaleOfTheColoursIsRemembered() throws IOException {
        List<Preferences.Layout> kept = new ArrayList<>();
        Arrangement arrangement = new Arrangement(Preferences.NONE.arranged(), kept::add);
        assertThat(arrangement.colours().get()).isEmpty();
        arrangement.colours().set("RANK");
        Preferences.NONE.withLayout(kept.getLast()).write(folder);
        assertThat(Preferences.read(folder).arranged().colours()).isEqualTo("RANK");
    }

    @Test
    void whereTheRunsAreIsRemembered() throws IOException {
        Preferences.NONE.withLayout(new Preferences.Layout(true, false, null)).write(folder);
        assertThat(Preferences.read(folder).arranged().runsBelow()).isTrue();
        // An earlier version folded them at the bottom.
        Files.writeString(folder.resolve("preferences.json"), "{\"layout\": {\"runsFolded\": true}}");
        assertThat(Preferences.read(folder).arranged()).isEqualTo(new Preferences.Layout(false, false, null));
    }

    @Test
    void theSizeOfTextStaysWithinItsBounds() {
        assertThat(Preferences.NONE.withText(900).textSize()).isEqualTo(200);
        assertThat(Preferences.NONE.withText(-3).textSize()).isEqualTo(100);
    }

    @Test
    void theEngineIsStartedAsTheySay() {
        assertThat(Preferences.NONE.withEngine(null, "cpu", 3, 4096).engine().words())
                .contains("-Xmx4096m")
                .containsSequence("--device", "cpu", "--threads", "3");
        assertThat(Preferences.NONE
                        .withEngine(List.of("ssh", "host", "sirkuit", "engine"), "cpu", 3, 4096)
                        .engine()
                        .words())
                .containsExactly("ssh", "host", "sirkuit", "engine");
        assertThat(Preferences.NONE.withEngine(null, null, -1, 1).engine().words())
                .contains("-Xmx256m")
                .doesNotContain("--threads");
    }

    @Test
    void aCommandLineIsSplitAsPeopleWriteIt() {
        List<String> words = List.of("ssh", "my host", "sirkuit", "engine");
        assertThat(CommandWords.split("ssh 'my host'  sirkuit engine ")).isEqualTo(words);
        assertThat(CommandWords.split(CommandWords.join(words))).isEqualTo(words);
        assertThat(CommandWords.split("  ")).isEmpty();
    }

    @Test
    void lengthsInStyleSheetsGrowButLinesStayThin() {
        assertThat(Sheets.scaled("a { -fx-font-size: 12px; -fx-border-width: 1px; -fx-padding: 0 10.5px }", 150))
                .isEqualTo("a { -fx-font-size: 18.0px; -fx-border-width: 1px; -fx-padding: 0 15.8px }");
    }
}
