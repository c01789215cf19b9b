package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// A disk that is really full, under a real run.
@UsesProcess
class FullDiskTest {
    @TempDir
    Path folder = Path.of("");

    private Path disk = Path.of("");

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectories(folder.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0,
                "only root can mount the small disk that this test fills");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", disk.toString());
    }

    private static int run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
    }

    private Request.Tune tune(Path run) {
        DataFile texts = new DataFile(
                TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 60, 2).toString());
        return new Request.Tune(
                new RunConfig(
                        RunConfig.VERSION,
                        "run",
                        TinyCheckpoint.write(folder.resolve("model"), 1).toString(),
                        null,
                        RunConfig.Parameters.of(HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS)),
                        new RunConfig.Data(texts, texts, texts),
                        new RunConfig.Settings(
                                new RunConfig.Batches(6, 8, 1),
                                new RunConfig.Optimizer(1e-3, 0.01, 0.06, 1),
                                null,
                                0,
                                0,
                                0,
                                16,
                                0)),
                run.toString());
    }

    @Test
    void theRunWaitsForRoomSaysSoAndGoesOnByItself() throws Exception {
        try (EngineProcess engine = new EngineProcess()) {
            EngineProcess.Answer answer = engine.new Answer(tune(disk.resolve("run")), event -> {
                if (event instanceof Event.Evaluated e && e.step() == 8) {
                    fill();
                }
            });
            Event event = answer.next();
            while (!(event instanceof Event.Paused)) {
                assertThat(event.isLast()).as(event.toString()).isFalse();
                event = answer.next();
            }
            assertThat(((Event.Paused) event).why())
                    .contains("The disk is full")
                    .containsIgnoringCase("free some space");
            Files.delete(disk.resolve("others"));
            List<Event> rest = answer.await();
            assertThat(rest).hasAtLeastOneElementOfType(Event.Resumed.class);
            assertThat(rest.getLast()).as(rest.toString()).isInstanceOf(Event.Finished.class);
            assertThat(new RunFolder(disk.resolve("run")).eventLines())
                    .anyMatch(l -> l.contains("\"type\":\"paused\""))
                    .filteredOn(l -> l.contains("\"type\":\"evaluated\""))
                    .hasSize(7);
        }
    }

    @Test
    void withoutRoomItFailsInOrderAndGoesOnFromItsLastPoint() throws Exception {
        RunFolder run = new RunFolder(disk.resolve("run"));
        try (EngineProcess engine = new EngineProcess("-Dsirkuit.fullDiskPatience=1")) {
            List<Event> events = engine.new Answer(tune(run.folder()), event -> {
                        if (event instanceof Event.Evaluated e && e.step() == 16) {
                            fill();
                        }
                    })
                    .await();
            assertThat(events.getLast()).isInstanceOfSatisfying(Event.Failed.class, failed -> {
                assertThat(failed.what()).contains("disk is full");
                assertThat(failed.remedy()).contains("Free some space").contains("--resume " + run.folder());
            });
            assertThat(run.adapted()).doesNotExist();
            assertThat(run.resumePoint()).exists();
            Files.delete(disk.resolve("others"));

            List<Event> rest = engine.ask(new Request.Resume(run.folder().toString()));
            assertThat(rest.getLast()).as(rest.toString()).isInstanceOf(Event.Finished.class);
            engine.ask(tune(folder.resolve("whole")));
            assertThat(run.adapted().resolve("model.safetensors"))
                    .hasSameBinaryContentAs(folder.resolve("whole/adapted/model.safetensors"));
        }
    }

    /// Takes all the room there is.
    private void fill() {
        try (var out = Files.newOutputStream(disk.resolve("others"))) {
            long room = disk.toFile().getUsableSpace();
            out.write(new byte[(int) room]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
