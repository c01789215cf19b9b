package sirkuit.transformer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sirkuit.Problem;

class BackendTest {
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
}
