package sirkuit.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.Problem;
import sirkuit.UsesEngine;

@UsesEngine
class BackendTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aLibraryFolderThatIsNotThereIsRefused() {
        System.setProperty("PYTORCH_LIBRARY_PATH", "/nowhere/torch/lib");
        try {
            assertThatThrownBy(() -> Backend.start("cpu", 1))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("PYTORCH_LIBRARY_PATH is /nowhere/torch/lib")
                    .hasMessageContaining("torch/lib");
        } finally {
            System.clearProperty("PYTORCH_LIBRARY_PATH");
        }
    }

    @Test
    void aPyTorchOfAnotherVersionOrCudaIsRefusedBeforeItIsLoaded() throws IOException {
        refused("__version__ = '2.11.0+cu130'\ncuda: Optional[str] = '13.0'\n", "PyTorch 2.11.0");
        refused("__version__ = '2.7.1+cu126'\ncuda: Optional[str] = '12.6'\n", "PyTorch for cu126");
    }

    @Test
    void aFolderWithoutLibtorchIsRefused() {
        System.setProperty("PYTORCH_LIBRARY_PATH", folder.toString());
        try {
            assertThatThrownBy(() -> Backend.start("cpu", 1))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("where there is no " + System.mapLibraryName("torch_cpu"));
        } finally {
            System.clearProperty("PYTORCH_LIBRARY_PATH");
        }
    }

    private void refused(String says, String because) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("torch").resolve("lib"));
        Files.writeString(folder.resolve("torch").resolve("version.py"), says);
        Files.writeString(lib.resolve(System.mapLibraryName("torch_cpu")), "");
        System.setProperty("PYTORCH_LIBRARY_PATH", lib.toString());
        try {
            assertThatThrownBy(() -> Backend.start("cpu", 1))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(lib.toString())
                    .hasMessageContaining(because)
                    .hasMessageContaining("torch 2.7.1");
        } finally {
            System.clearProperty("PYTORCH_LIBRARY_PATH");
        }
    }

    @Test
    void whatPyTorchSaysOfItselfIsRead() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        assertThat(InstalledPyTorch.in(lib)).isNull();
        Files.writeString(folder.resolve("build-version"), "2.7.1+cu128\n");
        assertThat(InstalledPyTorch.in(lib)).isEqualTo(new InstalledPyTorch(lib, "2.7.1", "cu128"));
        Files.writeString(
                folder.resolve("version.py"),
                "from typing import Optional\n\n__version__ = '2.7.1'\ncuda: Optional[str] = '12.8'\n");
        assertThat(InstalledPyTorch.in(lib)).isEqualTo(new InstalledPyTorch(lib, "2.7.1", "cu128"));
        Files.writeString(folder.resolve("version.py"), "__version__ = '2.7.1+cpu'\ncuda: Optional[str] = None\n");
        InstalledPyTorch cpu = Objects.requireNonNull(InstalledPyTorch.in(lib));
        assertThat(cpu.flavor()).isEqualTo("cpu");
        cpu.requireBridge();
    }

    @ParameterizedTest(name = "{0} gives {1} of 6 cores")
    @CsvSource(
            value = {"1|1", "3|3", "16|16", "4,2|4", "' 2 '|2", "0|6", "-1|6", "''|6", "many|6", "NULL|6"},
            delimiter = '|',
            nullValues = "NULL")
    void threadsComeFromTheVariableThatPyTorchReads(@Nullable String variable, int threads) {
        assertThat(Backend.defaultThreads(variable, 6)).isEqualTo(threads);
    }
}
