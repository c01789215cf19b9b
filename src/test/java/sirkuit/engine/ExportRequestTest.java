package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.UsesProcess;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// Exports as the window asks for them, of a real engine process.
@UsesProcess
class ExportRequestTest {
    @TempDir
    Path folder = Path.of("");

    private TinyRuns runs = new TinyRuns(Path.of(""), Path.of(""));

    @BeforeEach
    void write() {
        runs = TinyRuns.in(folder);
    }

    private Request.Export export(String run, Path out, Request.Export.Form form) {
        return new Request.Export(runs.at(run).folder().toString(), out.toString(), form, null, false);
    }

    @Test
    void aRunIsExportedWhileAnotherTrains() throws Exception {
        try (EngineProcess engine = new EngineProcess()) {
            assertThat(engine.ask(runs.tune("done", 1)).getLast()).isInstanceOf(Event.Finished.class);
            EngineProcess.Answer training = engine.new Answer(runs.tune("long", 100_000), e -> {});
            Event event = training.next();
            while (!(event instanceof Event.Stepped)) {
                assertThat(event.isLast()).isFalse();
                event = training.next();
            }
            Path whole = folder.resolve("whole");
            List<Event> told = engine.ask(export("done", whole, Request.Export.Form.WHOLE));
            assertThat(told.getLast()).isInstanceOf(Event.Finished.class);
            Event.Exported exported = EngineProcess.only(told, Event.Exported.class);
            assertThat(exported.out()).isEqualTo(whole.toString());
            assertThat(exported.digest()).isEqualTo(Checkpoint.open(whole).digest());
            assertThat(whole.resolve("README.md")).content().contains("library_name: transformers");
            Path delta = folder.resolve("delta.safetensors");
            Event.Exported changes = EngineProcess.only(
                    engine.ask(export("done", delta, Request.Export.Form.DELTA)), Event.Exported.class);
            assertThat(changes.digest()).isEqualTo(exported.digest());
            assertThat(changes.entries()).isPositive();
            Event refused =
                    engine.ask(export("done", whole, Request.Export.Form.WHOLE)).getLast();
            assertThat(((Event.Failed) refused).problem().message().code()).isEqualTo("export.output-exists");
            refused = engine.ask(export("long", folder.resolve("other"), Request.Export.Form.WHOLE))
                    .getLast();
            assertThat(((Event.Failed) refused).what()).contains("has not finished");
            assertThat(runs.at("long").beingWorkedOn()).as("it still trains").isTrue();
            training.cancel();
            assertThat(training.await().getLast()).isInstanceOf(Event.Cancelled.class);
        }
    }

    @Test
    void anEngineThatIsLeftAloneFinishesAnExport() throws Exception {
        EngineProcess engine = new EngineProcess();
        assertThat(engine.ask(runs.tune("done", 1)).getLast()).isInstanceOf(Event.Finished.class);
        ProcessHandle process = ProcessHandle.of(engine.client().pid()).orElseThrow();
        Path whole = folder.resolve("whole");
        engine.new Answer(export("done", whole, Request.Export.Form.WHOLE), e -> {});
        engine.client().detach();
        process.onExit().get(120, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(Files.exists(whole.resolve("README.md"))).isTrue();
    }
}
