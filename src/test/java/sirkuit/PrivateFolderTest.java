package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders that nobody else can write, made where somebody else may have been first.
class PrivateFolderTest {
    @TempDir
    Path folder = Path.of("");

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static Path with(String mode, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
        return folder;
    }

    static Path ofAnother(Path file) throws IOException {
        try {
            Files.setAttribute(file, "unix:uid", 65534);
        } catch (IOException e) {
            Assumptions.abort("only root may give a folder away");
        }
        return file;
    }

    @Test
    void aNewOneAndWhatIsMadeAboveItAreTheUsersAlone() throws IOException {
        Path made = PrivateFolder.first(List.of(folder.resolve("a/b")));
        assertThat(made).isEqualTo(folder.toRealPath().resolve("a/b"));
        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
    }

    @Test
    void onesOwnIsClosedToOthers() throws IOException {
        Path open = with("rwxr-xr-x", folder.resolve("open"));
        assertThat(PrivateFolder.first(List.of(open))).isNotNull();
        assertThat(mode(open)).isEqualTo("rwx------");
    }

    @Test
    void whatOthersCouldWriteIsPassedOver() throws IOException {
        Path everybody = with("rwxrwxrwx", folder.resolve("everybody"));
        assertThat(PrivateFolder.made(everybody)).isNull();
        assertThat(PrivateFolder.made(everybody.resolve("below"))).isNull();
        assertThat(PrivateFolder.made(Files.writeString(folder.resolve("file"), "")))
                .isNull();
        assertThat(PrivateFolder.made(folder.resolve("file/below"))).isNull();
        Path good = folder.resolve("good");
        assertThat(PrivateFolder.first(List.of(everybody, good))).isEqualTo(good.toRealPath());
    }

    @Test
    void whatSomebodyElseMadeIsPassedOverAndSoIsALinkToIt() throws IOException {
        Path theirs = ofAnother(with("rwx------", folder.resolve("theirs")));
        assertThat(PrivateFolder.made(theirs)).isNull();
        assertThat(PrivateFolder.made(Files.createSymbolicLink(folder.resolve("link"), theirs)))
                .isNull();
        assertThat(PrivateFolder.made(theirs.resolve("below"))).isNull();
    }

    @Test
    void aFileOfItsOwnIsNotALinksTarget() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("log"), other);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> PrivateFolder.file(link)))
                .isInstanceOf(IOException.class);
        PrivateFolder.file(folder.resolve("own"));
        assertThat(mode(folder.resolve("own"))).isEqualTo("rw-------");
        assertThat(other).hasContent("precious");
    }
}
