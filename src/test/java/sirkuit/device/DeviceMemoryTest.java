package sirkuit.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;

@UsesEngine
class DeviceMemoryTest {
    private final DeviceMemory memory = new DeviceMemory(Device.cpu());

    @TempDir
    Path folder = Path.of("");

    private static List<Integer> texts(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void blocksAreHalvedUntilTheyFitAndNothingIsDoneTwiceOrLeftOut() {
        List<Integer> done = new ArrayList<>();
        List<String> told = new ArrayList<>();
        memory.onShortage(what -> told.add(what.english()));
        memory.portions(List.of(texts(0, 16), texts(16, 32), texts(32, 39)), block -> {
            if (block.size() > 5) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2 GiB");
            }
            done.addAll(block);
        });
        assertThat(done).isEqualTo(texts(0, 39));
        assertThat(told)
                .containsExactly(
                        "The memory ran out with 16 texts at once: continuing with 8.",
                        "The memory ran out with 8 texts at once: continuing with 4.");
    }

    @Test
    void aSingleTextThatDoesNotFitIsAProblem() {
        assertThatThrownBy(() -> memory.portions(List.of(texts(0, 2)), block -> {
                    throw new EngineException("DefaultCPUAllocator: not enough memory: you tried to allocate");
                }))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("single text");
    }

    @Test
    void otherErrorsAreNotTakenForAShortage() {
        assertThatThrownBy(() -> memory.portions(List.of(texts(0, 2)), block -> {
                    throw new EngineException("mat1 and mat2 shapes cannot be multiplied");
                }))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void whatFitsFollowsTheSizeOfTheWork() {
        TransformerSpec spec = Families.spec(Checkpoint.open(TinyCheckpoint.write(folder, 1)));
        assertThat(memory.fitting(32, spec.activationBytes(64, 1))).isEqualTo(32);
        assertThat(memory.fitting(32, spec.activationBytes(100_000, 1_000))).isEqualTo(1);
        DeviceMemory.Usage usage = memory.usage();
        assertThat(usage.free()).isPositive();
        assertThat(usage.peak()).isGreaterThanOrEqualTo(usage.used());
    }
}
