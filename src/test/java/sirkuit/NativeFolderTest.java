package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where natives and logs go when home is as it should be and when it is not, in processes of their own.
@UsesProcess
class NativeFolderTest {
    @TempDir
    Path folder = Path.of("");

    private List<String> places(Path home, Map<String, String> environment) throws Exception {
        return places(home, environment, System.getProperty("java.class.path"));
    }

    private List<String> places(Path home, Map<String, String> environment, String classPath) throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                classPath,
                "sirkuit.NativeFolderProbe"));
        ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
        process.environment().keySet().removeAll(List.of("SIRKUIT_HOME", "XDG_CACHE_HOME", "DJL_CACHE_DIR"));
        process.environment().putAll(environment);
        Process started = process.start();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    private void assertPrivate(List<String> places) throws IOException {
        assertThat(places).hasSize(7);
        for (String place : places) {
            Path there = Path.of(place);
            if (Files.exists(there)) { // a last resort is gone with its process
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there)))
                        .as(place)
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void theyAreInHomeAndTheUsersAlone() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        List<String> places = places(home, Map.of());
        assertPrivate(places);
        assertThat(places).allMatch(p -> p.startsWith(home.toString()));
        assertThat(places.get(0))
                .isEqualTo(home.resolve(".cache/sirkuit/natives").toString());
        assertThat(places.get(6))
                .isEqualTo(home.resolve(".local/state/sirkuit/log").toString());
    }

    @Test
    void withoutAHomeTheyAreNotInWhatSomebodyElseMadeInTheTemporaryFolder() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setAttribute(temporary, "unix:mode", 0x4000 | 01777); // as the system's is
        Path file = Files.writeString(folder.resolve("home"), "not a folder");
        long user = PrivateFolder.owner(file);
        Path usual = temporary.resolve("sirkuit-" + user);
        assertPrivate(places(file, Map.of()));
        assertThat(usual.resolve("natives")).isDirectory(); // and is found again by the next process
        for (Path path : List.of(usual.resolve("natives"), usual.resolve("log"), usual)) {
            PrivateFolder.remove(path);
        }
        Path trap = Files.createDirectories(temporary.resolve(".djl.ai"));
        Files.setPosixFilePermissions(trap, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createDirectories(usual);
        Files.setPosixFilePermissions(usual, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> places = places(file, Map.of());
        assertPrivate(places);
        assertThat(places).noneMatch(p -> p.startsWith(usual.toString()) || p.startsWith(trap.toString()));
        assertThat(usual).isEmptyDirectory();
    }

    @Test
    void aFolderThatTheEnvironmentNamesIsRefusedWhenOthersCanWriteIt() throws Exception {
        Path open = Files.createDirectories(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path home = Files.createDirectories(folder.resolve("home"));
        assertThat(places(home, Map.of("DJL_CACHE_DIR", open.toString())))
                .singleElement()
                .asString()
                .startsWith("refused DJL_CACHE_DIR is " + open);
        Path own = folder.resolve("own");
        assertThat(places(home, Map.of("DJL_CACHE_DIR", own.toString())).getFirst())
                .isEqualTo(own.toRealPath().toString());
        // Who may read it is the user's to say.
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(places(home, Map.of("DJL_CACHE_DIR", own.toString())).getFirst())
                .isEqualTo(own.toRealPath().toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void aHomeForTheProgramThatOthersCanWriteIsRefusedAndNotPassedOver() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path open = Files.createDirectories(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path unfit : List.of(open, file)) {
            assertThat(places(home, Map.of("SIRKUIT_HOME", unfit.toString())).getLast())
                    .isEqualTo(
                            "refused SIRKUIT_HOME is " + unfit + ", which is not a folder that only you can write to.");
        }
        Path own = folder.resolve("own");
        assertThat(places(home, Map.of("SIRKUIT_HOME", own.toString())).getLast())
                .isEqualTo(own.toRealPath().resolve("log").toString());
    }

    @Test
    void ofWhatDoesNotBelongBesideLibrariesOnlyTheFileItselfIsRemoved() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path version = Files.createDirectories(home.resolve(".cache/sirkuit/natives/tokenizers/0.1"));
        Path library = version.resolve("libtokenizers.so");
        copyShipped(library);
        Path foreign = Files.writeString(version.resolve("libevil.so"), "not what was shipped");
        Path stamp = Files.writeString(version.resolve("..checked.tmp-here-1-1f"), "as another process writes it");
        places(home, Map.of());
        assertThat(library).exists();
        assertThat(stamp).exists();
        assertThat(foreign).doesNotExist();
        assertThat(version.resolve(".checked"))
                .content()
                .contains("libtokenizers.so")
                .doesNotContain("libevil");
    }

    private static void copyShipped(Path library) throws IOException {
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!jar.matches(".*/tokenizers[^/]*\\.jar")) {
                continue;
            }
            try (ZipFile zip = new ZipFile(jar)) {
                for (ZipEntry entry : zip.stream()
                        .filter(e -> e.getName().endsWith("/" + library.getFileName()))
                        .limit(1)
                        .toList()) {
                    Files.copy(zip.getInputStream(entry), library);
                    return;
                }
            }
        }
        throw new AssertionError("the class path has no tokenizers");
    }

    @Test
    void aLibraryThatIsNotTheProgramsIsRemoved() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path version = Files.createDirectories(home.resolve(".cache/sirkuit/natives/tokenizers/0.1"));
        Path planted = Files.writeString(version.resolve("libtokenizers.so"), "not what was shipped");
        places(home, Map.of());
        assertThat(planted).doesNotExist();
    }

    @Test
    void aFolderWithoutLibrariesIsRemovedSoThatTheyAreUnpackedAgain() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path version = Files.createDirectories(home.resolve(".cache/sirkuit/natives/tokenizers/0.1"));
        Files.writeString(version.resolve(".checked"), "0.0");
        places(home, Map.of());
        assertThat(version).doesNotExist();
    }

    @Test
    void aProgramWithoutLibrariesLeavesThoseOfAnotherAlone() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path version = Files.createDirectories(home.resolve(".cache/sirkuit/natives/tokenizers/0.1"));
        Path library = Files.writeString(version.resolve("libtokenizers.so"), "of another copy of the program");
        String without = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*/tokenizers[^/]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        places(home, Map.of(), without);
        assertThat(library).exists();
    }
}
