package sirkuit.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import sirkuit.app.work.EngineState;
import sirkuit.protocol.Event;

class EngineFactsTest {
    private static final EngineState READY =
            new EngineState.Ready(new Event.Ready(1, 4711, "0.1", "cuda:0", 8, "PyTorch 2.7.1"));

    @Test
    void aReadyEngineTellsWhatItIsAndWhatItTakes() {
        Map<String, String> facts =
                EngineFacts.of(READY, new Event.Memory(512_000_000, 1_400_000_000, 24_000_000_000L));
        assertThat(facts)
                .containsEntry("State", "GPU:0 ready")
                .containsEntry("Process", "4711")
                .containsEntry("Library", "PyTorch 2.7.1")
                .containsEntry("Memory", "512 MB used, 1.4 GB at the peak, 24.0 GB free");
    }

    @Test
    void whatCannotBeKnownIsNotMadeUp() {
        assertThat(EngineFacts.of(READY, null)).containsEntry("Memory", "known after the first request");
        assertThat(EngineFacts.of(READY, new Event.Memory(-1, -1, -1)).get("Memory"))
                .startsWith("– used");
    }

    @Test
    void anEngineThatStoppedSaysWhy() {
        assertThat(EngineFacts.of(new EngineState.Stopped("It was killed."), null))
                .containsEntry("Reason", "It was killed.")
                .doesNotContainKey("Process");
    }
}
